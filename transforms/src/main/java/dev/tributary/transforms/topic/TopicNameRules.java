// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.topic;

/**
 * What the name of a topic may be.
 *
 * <p>Source: Kafka's {@code org.apache.kafka.common.internals.Topic}.
 */
public final class TopicNameRules {

    /** The most characters that Kafka takes. */
    public static final int MAX_LENGTH = 249;

    private TopicNameRules() {}

    /** Whether it consists of dots in a way that Kafka does not take. */
    public static boolean isOnlyDots(String name) {
        return name.equals(".") || name.equals("..");
    }

    /** Where the first character is that no topic has; -1 if there is none. */
    public static int firstIllegal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLegal(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a topic can have the character. */
    public static boolean isLegal(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
