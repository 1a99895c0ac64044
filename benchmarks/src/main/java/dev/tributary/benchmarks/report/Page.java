// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.latency.LatencyResult;
import dev.tributary.benchmarks.limits.LimitsResult;
import dev.tributary.benchmarks.snapshot.SnapshotResult;
import dev.tributary.benchmarks.stream.StreamResult;
import dev.tributary.benchmarks.transforms.TransformsResult;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code docs/benchmarks.md} and what README quotes of it, made of the last run of each kind. Every number in it comes from
 * those runs.
 *
 * @param stream how fast a backlog was drained
 * @param snapshot how fast a table was read
 * @param latency how long a change took
 * @param limits what a small heap survived
 * @param transforms what transforms cost
 */
record Page(
        Optional<StreamResult> stream,
        Optional<SnapshotResult> snapshot,
        Optional<LatencyResult> latency,
        Optional<LimitsResult> limits,
        Optional<TransformsResult> transforms) {

    private static final String HEAD = """
            # Benchmarks

            Written by `./tributary bench docs` from the measurements in [benchmarks/](benchmarks/); not edited by hand.
            `./tributary bench all --docs` measures anew and writes it again.

            """;

    /** The whole page. */
    String markdown() {
        return HEAD
                + stream.map(Page::streaming).orElse("")
                + snapshot.map(Page::snapshots).orElse("")
                + latency.map(Page::latencies).orElse("")
                + limits.map(Page::survived).orElse("")
                + transforms.map(Page::transformed).orElse("");
    }

    /** What README says; it lies one directory higher. */
    String summary() {
        return stream.map(result -> new StreamReport(result).table().markdown() + "\n\n")
                        .orElse("")
                + snapshot.map(result -> new SnapshotReport(result).table().markdown() + "\n\n")
                        .orElse("")
                + latency.map(result -> new LatencyReport(result).table().markdown() + "\n\n")
                        .orElse("")
                + stream.map(result -> "![Rows per second](docs/benchmarks.svg)\n\n")
                        .orElse("");
    }

    private static String streaming(StreamResult result) {
        StreamReport report = new StreamReport(result);
        return String.format(
                Locale.ROOT,
                """
                        ## Streaming

                        A backlog of %,d inserts in transactions of %,d, with %d bytes of text a row, is loaded while every
                        connector is stopped. Then each drains it in turn, in another order in each of %d rounds; all other
                        workers are frozen meanwhile (SIGSTOP). Before, each has drained %,d rows to be warm.

                        ![Rows per second](benchmarks.svg)

                        %s

                        - **rows/s**: the median of the rounds. First append to last, by the time at which the broker appended the
                          records; a consumer that is late would flatter who is fast. Of the bare client, which reads a slot
                          with pgjdbc and throws everything away, first row received to last. What a connector has read when its first
                          batch is appended, a queue and a socket buffer full, flatters it; the more rows a backlog has, the less.
                        - **CPU**: of the process, from the request to resume until the last record, so the start of the task is in it.
                        - **B/row**: allocated by the threads that live when the last record is there. What threads had allocated that
                          ended before is missed.
                        - **GC**: milliseconds of collections per million rows. Every worker has a heap of %s at most.

                        %s

                        Measured with:

                        %s

                        The table:

                        ```sql
                        %s
                        ```

                        The connectors, beside names, database and slot:

                        ```properties
                        %s
                        ```

                        """,
                result.rows(),
                result.rowsPerTransaction(),
                result.rowTextBytes(),
                result.rounds(),
                result.warmUp(),
                report.table().markdown(),
                StreamResult.HEAP,
                Target.table(report.targets()).markdown(),
                Where.markdown(result.circumstances()),
                result.table(),
                Configurations.of(result.entrants()));
    }

    private static String snapshots(SnapshotResult result) {
        SnapshotReport report = new SnapshotReport(result);
        return String.format(
                Locale.ROOT,
                """
                        ## Snapshot

                        A table of %,d rows, the one of streaming, with %d bytes of text a row, vacuumed and analyzed. Each
                        connector reads it in turn, in another order in each of %d rounds, with neither an offset nor a slot left of the
                        round before; all other workers are frozen meanwhile (SIGSTOP). Before, each has taken a snapshot of
                        %,d rows to be warm.

                        %s

                        - **rows/s**: the median of the rounds. First append to last, by the time at which the broker appended the
                          records. Of the bare client, which reads the table by COPY over one connection with pgjdbc and throws
                          everything away, first row received to last.
                        - **× tuned**: beside the faster one of those that are tuned.
                        - **CPU**: of the process, from the request to resume until the last record, so the start of the task, the
                          slot and the plan are in it.
                        - **B/row**: allocated by all threads; of a thread that ends on the way, up to the last of five looks a
                          second.
                        - **GC**: milliseconds of collections per million rows. Every worker has a heap of %s at most.
                        - **first after**: from the request to resume until the broker appended the first record: the start of the
                          task, the slot, the plan.

                        %s

                        Measured with:

                        %s

                        The connectors, beside names, database and slot:

                        ```properties
                        %s
                        ```

                        """,
                result.rows(),
                result.rowTextBytes(),
                result.rounds(),
                result.warmUp(),
                report.table().markdown(),
                SnapshotResult.HEAP,
                Target.table(report.targets()).markdown(),
                Where.markdown(result.circumstances()),
                Configurations.of(result.entrants()));
    }

    private static String latencies(LatencyResult result) {
        LatencyReport report = new LatencyReport(result);
        return String.format(
                Locale.ROOT,
                """
                        ## Latency

                        %,d transactions per second of one insert each, for %d seconds, paced by the clock. From the moment before the
                        insert, which commits itself, is sent to Postgres until a consumer that waits for it has the record;
                        writer and consumer are one process, so it is one clock. The wait for the commit itself is in it, and
                        shown beside. Before, each has drained %,d rows and ten seconds of the same traffic.

                        %s

                        %s

                        Measured with:

                        %s

                        ```properties
                        %s
                        ```

                        """,
                result.perSecond(),
                result.seconds(),
                result.warmUp(),
                report.table().markdown(),
                Target.table(report.targets()).markdown(),
                Where.markdown(result.circumstances()),
                Configurations.of(result.entrants()));
    }

    private static String survived(LimitsResult result) {
        return String.format(
                Locale.ROOT,
                """
                        ## A small heap

                        What becomes of a worker with `-Xmx%s`. The peak of the heap is the highest of ten looks a second and
                        has garbage in it; the peak of the process is what Linux counts as resident.

                        %s

                        %s
                        """,
                result.heap(),
                new LimitsReport(result).table().markdown(),
                Where.markdown(result.circumstances()));
    }

    private static String transformed(TransformsResult result) {
        TransformsReport report = new TransformsReport(result);
        return String.format(
                Locale.ROOT,
                """

                        ## Transforms

                        What a transform costs per record, beside Debezium's counterpart with the options that make the same:
                        JMH, the median of %d JVMs for each. The record that comes in is made anew each time, which is in both
                        figures. Debezium's Filter runs a Groovy script; it is version 3.3.1, the last one published whole.

                        %s

                        %s

                        %s
                        """,
                result.rounds(),
                report.table().markdown(),
                Target.table(report.targets()).markdown(),
                Where.markdown(result));
    }
}
