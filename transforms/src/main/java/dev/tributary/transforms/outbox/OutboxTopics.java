// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.BoundedMap;
import dev.tributary.transforms.topic.TopicNameRules;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Names topics by the value of a column: a regular expression that the whole value has to match, and what takes its place,
 * with {@code $1} or {@code ${name}} for its groups. A value that does not match is the name itself.
 */
public final class OutboxTopics {

    private final Pattern regex;
    private final String replacement;
    private final Map<String, String> known = new BoundedMap<>(BoundedCache.BOUND);

    /** @param replacement goes together with the expression: {@link #problem} has nothing against it */
    public OutboxTopics(Pattern regex, String replacement) {
        this.regex = regex;
        this.replacement = replacement;
    }

    /**
     * What is wrong with a replacement, whatever the value: it names a group that is not there, or holds what Kafka does not
     * allow. Nothing, if the expression is none.
     */
    public static Optional<String> problem(String regex, String replacement) {
        String fixed;
        try {
            // The empty text before the bar matches nothing of the expression, whose groups are there nevertheless, and
            // empty.
            fixed = Pattern.compile("|" + regex).matcher("").replaceFirst(replacement);
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.of("does not go with route.topic.regex: " + e.getMessage());
        }
        if (fixed.length() > TopicNameRules.MAX_LENGTH) {
            return Optional.of("a topic has " + fixed.length() + " characters at least, and Kafka allows "
                    + TopicNameRules.MAX_LENGTH);
        }
        return Optional.ofNullable(fixed.isEmpty() ? null : character(fixed)).map(wrong -> "a topic has " + wrong);
    }

    /**
     * The topic for a value.
     *
     * @throws UnfitRowException if Kafka has no topics of such a name
     */
    String of(String value, String column) {
        String name = known.get(value);
        if (name == null) {
            name = named(value);
            String wrong = wrong(name);
            if (wrong != null) {
                throw new InvalidRowException("column " + column + " makes no name of a topic: it has " + wrong);
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

    /** The character itself is part of a value of a row. */
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
        return codePoint < 128 ? "a punctuation mark" : "a sign that is not ASCII";
    }
}
