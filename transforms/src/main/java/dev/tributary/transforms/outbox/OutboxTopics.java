// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.BoundedMap;
import dev.tributary.transforms.topic.TopicNameRules;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Derives topics from the value of a column, by a regular expression that the whole value must match and a replacement
 * with {@code $1} or {@code ${name}} for its groups. A value that does not match is itself the name of the topic.
 */
public final class OutboxTopics {

    private final Pattern regex;
    private final String replacement;
    private final BoundedMap<String, String> known = new BoundedMap<>();

    /** @param replacement valid, so that {@link #problem} returns empty */
    public OutboxTopics(Pattern regex, String replacement) {
        this.regex = regex;
        this.replacement = replacement;
    }

    /**
     * What is wrong with a replacement for any value: it names a group that does not exist, or contains characters that
     * Kafka does not allow. Empty if the expression itself is not valid.
     */
    public static Optional<String> problem(String regex, String replacement) {
        String fixed;
        try {
            // The empty alternative matches without using the expression, whose groups still exist and are empty.
            fixed = Pattern.compile("|" + regex).matcher("").replaceFirst(replacement);
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.of("does not match route.topic.regex: " + e.getMessage());
        }
        if (fixed.length() > TopicNameRules.MAX_LENGTH) {
            return Optional.of("topics would have at least " + fixed.length() + " characters, and Kafka allows "
                    + TopicNameRules.MAX_LENGTH);
        }
        return Optional.ofNullable(fixed.isEmpty() ? null : character(fixed))
                .map(wrong -> "topics would have " + wrong);
    }

    /**
     * The topic for a value.
     *
     * @throws InvalidRowException if Kafka does not allow the name
     */
    String of(String value, String column) {
        String name = known.get(value);
        if (name == null) {
            name = named(value);
            String wrong = wrong(name);
            if (wrong != null) {
                throw new InvalidRowException(
                        "column " + column + " does not give a valid topic name: it has " + wrong);
            }
            known.put(value, name);
        }
        return name;
    }

    private String named(String value) {
        Matcher matcher = regex.matcher(value);
        return matcher.matches() ? matcher.replaceFirst(replacement) : value;
    }

    private static @Nullable String wrong(String name) {
        if (name.isEmpty() || name.length() > TopicNameRules.MAX_LENGTH) {
            return name.length() + " characters, and Kafka allows 1 to " + TopicNameRules.MAX_LENGTH;
        }
        if (TopicNameRules.isOnlyDots(name)) {
            return "dots only, which Kafka does not allow";
        }
        return character(name);
    }

    private static @Nullable String character(String name) {
        int at = TopicNameRules.firstIllegal(name);
        return at < 0
                ? null
                : kind(name.codePointAt(at)) + " as character " + (at + 1) + " of " + name.length()
                        + ", and Kafka allows letters from a to z, digits, '.', '_' and '-'";
    }

    /** Describes a character without showing it, since it is part of a row's value. */
    private static String kind(int codePoint) {
        if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
            return "a space";
        }
        if (Character.isISOControl(codePoint)) {
            return "a control character";
        }
        if (Character.isLetterOrDigit(codePoint)) {
            return "a letter or digit that is not ASCII";
        }
        return codePoint < 128 ? "a punctuation mark" : "a symbol that is not ASCII";
    }
}
