// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the message of a failed task says about lost changes.
 *
 * @param kind what has happened
 * @param from the position in the WAL after which changes are lost, or no longer exist
 * @param to the position up to which they are
 */
record Diagnosis(Kind kind, long from, long to) {

    /** The reports that the connector promises. */
    enum Kind {
        /** The slot no longer has the changes between the positions. */
        CHANGES_LOST,
        /** Events between the positions describe changes that the server no longer has. */
        CHANGES_UNDONE,
        /** The server has written less than what was read. */
        OTHER_SERVER
    }

    private static final String LSN = "([0-9A-F]{1,8}/[0-9A-F]{1,8})";
    private static final Pattern LOST =
            Pattern.compile("changes committed after " + LSN + " and up to " + LSN + " are lost");
    private static final Pattern UNDONE =
            Pattern.compile("committed after " + LSN + " and up to " + LSN + " \\(source\\.lsn");
    private static final Pattern OTHER =
            Pattern.compile("up to " + LSN + ", but the server has written only up to " + LSN);

    /** Everything that a message reports; a trace begins with the message. */
    static List<Diagnosis> of(String trace) {
        String message =
                trace.lines().takeWhile(line -> !line.startsWith("\tat ")).collect(Collectors.joining("\n"));
        return Stream.of(
                        matches(UNDONE, message).map(undone -> undone.as(Kind.CHANGES_UNDONE)),
                        matches(LOST, message).map(lost -> lost.as(Kind.CHANGES_LOST)),
                        matches(OTHER, message).map(other -> new Diagnosis(Kind.OTHER_SERVER, other.to, other.from)))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<Diagnosis> matches(Pattern pattern, String message) {
        return pattern.matcher(message)
                .results()
                .map(match -> new Diagnosis(Kind.CHANGES_LOST, lsn(match.group(1)), lsn(match.group(2))));
    }

    private Diagnosis as(Kind other) {
        return new Diagnosis(other, from, to);
    }

    /** A position in the WAL as Postgres writes it. */
    static long lsn(String text) {
        int slash = text.indexOf('/');
        return Long.parseLong(text.substring(0, slash), 16) << 32 | Long.parseLong(text.substring(slash + 1), 16);
    }
}
