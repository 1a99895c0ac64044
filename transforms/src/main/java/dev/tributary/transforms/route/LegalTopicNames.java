// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.topic.TopicNameRules;
import java.util.Optional;

/**
 * Sees to it that topics have legal names. Each is looked at once, as long as it is kept. Not for several threads at once.
 */
final class LegalTopicNames {

    /** What a name is made of, for messages. */
    static final String CHARACTERS = "[a-zA-Z0-9._-]";

    private static final String NONE = "";

    private final BoundedCache<String, String> legal;

    LegalTopicNames(IllegalName illegal) {
        legal = new BoundedCache<>(
                name -> isLegal(name) ? name : illegal == IllegalName.REPLACE ? replaced(name) : NONE);
    }

    /** The legal name that is used for one; empty if there is none. */
    Optional<String> legal(String name) {
        String found = legal.get(name);
        return found.equals(NONE) ? Optional.empty() : Optional.of(found);
    }

    static boolean isLegal(String name) {
        return wholeFault(name).isEmpty() && characterFault(name).isEmpty();
    }

    /** What is wrong with a name of legal characters; empty if nothing is. */
    static Optional<String> wholeFault(String name) {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (TopicNameRules.isOnlyDots(name)) {
            return Optional.of("is nothing but dots");
        }
        return name.length() <= TopicNameRules.MAX_LENGTH
                ? Optional.empty()
                : Optional.of("has " + name.length() + " characters, " + TopicNameRules.MAX_LENGTH + " are the most");
    }

    /** Where a text has a character that no topic has, and of what kind, but not which; empty if it has none. */
    static Optional<String> characterFault(String text) {
        int at = TopicNameRules.firstIllegal(text);
        return at < 0
                ? Optional.empty()
                : Optional.of("has " + kind(text.codePointAt(at)) + " at position " + (at + 1));
    }

    private static String kind(int c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            return "a space";
        }
        if (Character.isLetter(c)) {
            return "a letter beyond ASCII";
        }
        return c < 128 ? "a sign" : "a character beyond ASCII";
    }

    private static String replaced(String name) {
        if (name.isEmpty()) {
            return "_";
        }
        StringBuilder legal = new StringBuilder(name);
        legal.setLength(Math.min(name.length(), TopicNameRules.MAX_LENGTH));
        boolean onlyDots = TopicNameRules.isOnlyDots(name);
        for (int i = 0; i < legal.length(); i++) {
            if (onlyDots || !TopicNameRules.isLegal(legal.charAt(i))) {
                legal.setCharAt(i, '_');
            }
        }
        return legal.toString();
    }
}
