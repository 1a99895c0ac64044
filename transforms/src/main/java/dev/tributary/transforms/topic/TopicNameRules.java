// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.topic;

/**
 * Kafka's rules for the names of topics.
 *
 * <p>Source: Kafka's {@code org.apache.kafka.common.internals.Topic}.
 */
public final class TopicNameRules {

    /** The maximum number of characters. */
    public static final int MAX_LENGTH = 249;

    private TopicNameRules() {}

    /** Whether the name is one of those that consist of dots and that Kafka rejects. */
    public static boolean isOnlyDots(String name) {
        return name.equals(".") || name.equals("..");
    }

    /** The index of the first character that is not legal in a topic name; -1 if there is none. */
    public static int firstIllegal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLegal(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the character is legal in a topic name. */
    public static boolean isLegal(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
