// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.topic.TopicNameRules;
import java.util.Optional;

/** Ensures that topics have legal names. A name is checked once while it is cached. Not thread-safe. */
final class LegalTopicNames {

    /** The characters of a name, for messages. */
    static final String CHARACTERS = "[a-zA-Z0-9._-]";

    private static final String NONE = "";

    private final BoundedCache<String, String> legal;

    LegalTopicNames(IllegalName illegal) {
        legal = new BoundedCache<>(
                name -> isLegal(name) ? name : illegal == IllegalName.REPLACE ? replaced(name) : NONE);
    }

    /** The legal name to use for a name; empty if there is none. */
    Optional<String> legal(String name) {
        String found = legal.get(name);
        return found.equals(NONE) ? Optional.empty() : Optional.of(found);
    }

    static boolean isLegal(String name) {
        return wholeFault(name).isEmpty() && characterFault(name).isEmpty();
    }

    /** What is wrong with a name whose characters are legal; empty if nothing is. */
    static Optional<String> wholeFault(String name) {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (TopicNameRules.isOnlyDots(name)) {
            return Optional.of("consists only of dots");
        }
        return name.length() <= TopicNameRules.MAX_LENGTH
                ? Optional.empty()
                : Optional.of("has " + name.length() + " characters, the maximum is " + TopicNameRules.MAX_LENGTH);
    }

    /**
     * The position and kind of the first illegal character, but not the character; empty if all characters are legal.
     */
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
            return "a non-ASCII letter";
        }
        return c < 128 ? "a symbol" : "a non-ASCII character";
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
