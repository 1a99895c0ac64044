// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An element of an option that lists tables, schemas or columns: a name, or a regular expression that matches the whole
 * of one.
 *
 * @param text as the configuration has it
 */
record NamePattern(String text) {

    /** No character of a regular expression but the dot, unless a backslash takes its meaning away. */
    private static final Pattern NAME = Pattern.compile("(?:[^\\\\\\[\\](){}*+?|^]|\\\\[^\\p{Alnum}])+");

    NamePattern {
        text = text.strip();
    }

    /** Whether it can only be meant as one name, in whatever alphabet. Anything else is meant as an expression. */
    boolean isName() {
        return NAME.matcher(text).matches();
    }

    /** The name as the database has it. */
    String name() {
        return text.replace("\\", "");
    }

    /**
     * Whether it matches a name: the whole of it, ignoring case, as in Debezium.
     *
     * @throws PatternSyntaxException if it is no regular expression
     */
    Predicate<String> matcher() {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE).asMatchPredicate();
    }

    /** The same, but what is no regular expression matches nothing. */
    Predicate<String> matcherOrNone() {
        try {
            return matcher();
        } catch (PatternSyntaxException e) {
            return name -> false;
        }
    }

    @Override
    public String toString() {
        return "'" + text + "'";
    }
}
