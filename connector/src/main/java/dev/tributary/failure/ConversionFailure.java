// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.replication.LogSequenceNumber;

/** A value that cannot become a Connect value, as Debezium's exceptions tell it. */
final class ConversionFailure {

    private static final Pattern CONVERSION =
            Pattern.compile("Failed to properly convert (?:data|key|default) value for '([^']+)'");
    private static final Pattern OFFSET_LSN = Pattern.compile("[{ ]lsn=(\\d+)");

    private ConversionFailure() {}

    /** Names column and LSN, never the value; empty if it is another failure. */
    static Optional<String> detail(Throwable thrown) {
        return firstMatch(CONVERSION, thrown)
                .map(column -> "A value of column " + column + " cannot be converted"
                        + firstMatch(OFFSET_LSN, thrown)
                                .map(lsn -> " (LSN "
                                        + LogSequenceNumber.valueOf(Long.parseLong(lsn))
                                                .asString()
                                        + ")")
                                .orElse("")
                        + "; nothing after it has been sent.");
    }

    private static Optional<String> firstMatch(Pattern pattern, Throwable thrown) {
        return ShownText.causes(thrown)
                .map(Throwable::getMessage)
                .filter(message -> message != null)
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }
}
