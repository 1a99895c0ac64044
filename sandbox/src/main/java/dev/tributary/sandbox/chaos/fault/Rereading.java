// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import dev.tributary.sandbox.chaos.fault.Fault.Active;
import java.time.Duration;
import java.util.regex.Pattern;

/** Tables of which the connector reads the rows again, or for the first time, while it streams. */
final class Rereading {

    /** It looks for them once a minute. */
    private static final Duration LIMIT = Duration.ofSeconds(100);

    private Rereading() {}

    /** The same fault, whose end is the end of the reading; the checker finds out if there is none. */
    static Active of(String table, LogSince log, Active active) {
        Pattern end = Pattern.compile(Pattern.quote("public." + table + " has been read while streaming"));
        return new Active(
                active.target(),
                active.lasts(),
                () -> Partial.all(active.undo(), () -> log.await(end, LIMIT)),
                active.effect());
    }
}
