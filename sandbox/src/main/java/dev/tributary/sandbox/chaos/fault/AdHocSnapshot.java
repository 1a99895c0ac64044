// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import dev.tributary.sandbox.chaos.arena.Arena;
import java.time.Duration;
import java.util.regex.Pattern;

/** A snapshot that a signal has asked for. Its begin and its end are in the log of the worker. */
final class AdHocSnapshot {

    /** How the stream and the snapshot get along. */
    enum Manner {
        /** The stream continues, and the snapshot reads chunks in between. */
        INCREMENTAL("Incremental snapshot for table", "finished \\(AbstractIncremental|skipping and continuing"),
        /** The stream pauses. */
        BLOCKING("Streaming pauses for a blocking snapshot", "Streaming continues after the blocking snapshot");

        /** A task that starts again may not know of the snapshot any more. */
        private static final String GONE = "|No incremental snapshot in progress";

        private final Pattern begin;
        private final Pattern end;
        private final Pattern running;

        Manner(String begin, String end) {
            this.begin = Pattern.compile(begin);
            this.end = Pattern.compile(end + GONE);
            this.running = Pattern.compile(begin + "(?!.*(" + end + GONE + "))", Pattern.DOTALL);
        }
    }

    private static final Duration BEGIN = Duration.ofSeconds(20);
    private static final Duration END = Duration.ofSeconds(30);

    private final Manner manner;
    private final LogSince log;

    private AdHocSnapshot(Manner manner, LogSince log) {
        this.manner = manner;
        this.log = log;
    }

    /** Asks for one. */
    static AdHocSnapshot of(Arena arena, Manner manner, String table) {
        LogSince log = LogSince.ofWorkers(arena);
        long before = arena.lsn();
        arena.execute("INSERT INTO " + Arena.SIGNALS + " VALUES (gen_random_uuid()::text, 'execute-snapshot',"
                + " '{\"type\": \"" + manner + "\", \"data-collections\": [\"public." + table + "\"]}')");
        if (manner == Manner.BLOCKING) {
            arena.ledger().readAhead(table, before);
        }
        return new AdHocSnapshot(manner, log);
    }

    boolean awaitBegin() {
        return log.await(manner.begin, BEGIN);
    }

    boolean hasBegun() {
        return log.has(manner.begin);
    }

    /** Waits for a while until it has ended: one that was interrupted may never do so. */
    void awaitEnd() {
        log.await(manner.end, END);
    }

    boolean isRunning() {
        return log.has(manner.running);
    }
}
