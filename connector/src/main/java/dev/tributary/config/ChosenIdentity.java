// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A replica identity that {@code replica.identity.autoset.values} chooses for tables.
 *
 * @param index the name of the index; empty unless the identity is one
 */
public record ChosenIdentity(Kind kind, String index) {

    private static final Pattern ENTRY =
            Pattern.compile("([^\\s:]+):(?:(DEFAULT|FULL|NOTHING)|INDEX +(\\S+))", Pattern.CASE_INSENSITIVE);

    /** What identifies a row. */
    public enum Kind {
        DEFAULT,
        FULL,
        NOTHING,
        INDEX
    }

    /** The identities that the entries of the option choose for a table; Debezium sets none if there are several. */
    static List<ChosenIdentity> of(String table, String entries) {
        return Stream.of(entries.split(","))
                .map(entry -> ENTRY.matcher(entry.strip()))
                .filter(Matcher::matches)
                .filter(entry -> isMatch(entry.group(1), table))
                .map(ChosenIdentity::of)
                .toList();
    }

    /** Debezium checks the form of an entry only, and then sets no identity. */
    private static boolean isMatch(String expression, String table) {
        try {
            return Pattern.compile(expression, Pattern.CASE_INSENSITIVE)
                    .matcher(table)
                    .matches();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static ChosenIdentity of(Matcher entry) {
        return Optional.ofNullable(entry.group(2))
                .map(kind -> new ChosenIdentity(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), ""))
                .orElseGet(() -> new ChosenIdentity(Kind.INDEX, entry.group(3)));
    }

    /** As the option has it. */
    @Override
    public String toString() {
        return kind == Kind.INDEX ? "INDEX " + index : kind.name();
    }
}
