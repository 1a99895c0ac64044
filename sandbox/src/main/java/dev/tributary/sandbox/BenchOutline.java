// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.util.List;

/**
 * {@code ./tributary bench} if the module {@code benchmarks}, which has the command, is not on the class path. It
 * prints the help of the command, so that {@code ./tributary help} is complete without building that module.
 */
public final class BenchOutline implements Command {

    /** The name of the command. */
    public static final String NAME = "bench";

    /** The help text. */
    public static final String USAGE = """
            tributary bench stream | field | transactions | snapshot | latency | limits | transforms | all
                            [--rounds N] [--rows N] [--json FILE] [--svg FILE] [--docs]
              Measures the connector on this machine, compared with Debezium's connector and a bare replication client.
              stream    rows/s, CPU and allocation per row: each contestant drains one backlog per round
              field     the ways in which connectors are run in practice: Avro, exactly once, other producers, updates,
                        deletes, wide rows, 1,000 tables and more, and the latency at three rates; takes an hour
              transactions
                        what exactly-once delivery costs, with transactions of 1, 10 and 1000 rows
              snapshot  the same for the snapshot of a table, compared with a bare COPY
              latency   from COMMIT to the consumer, at a steady rate
              limits    a snapshot and a transaction of millions of rows, and huge rows, in a worker with a small heap
              transforms
                        the cost of a transform per record, compared with Debezium's (JMH)
              all       all of these, one after the other
              --rounds N       measurements of each contestant (stream and snapshot 5, field, transactions and
                               transforms 3, latency 1)
              --rows N         rows: of a backlog (stream 500000, field and transactions 200000), of the table
                               (snapshot, 1000000), of the transaction (limits, 2000000)
              --snapshot-rows N
                               rows of the snapshot (limits, 5000000)
              --warm-up N      rows that each contestant reads first, unmeasured (stream and snapshot 1000000, field
                               300000, transactions and latency 200000)
              --scenarios L    only these, comma separated (field); the error for a wrong name lists all
              --rate N         rows per second (latency, 1000)
              --seconds N      how long each contestant is measured (latency 30, field 20)
              --heap SIZE      the maximum heap of the worker (limits, 256m)
              --megabytes N    size of a huge row (limits, 20)
              --huge-rows N    number of huge rows (limits, 10)
              --contestants L  only these, comma separated (not field and limits); the error for a wrong name lists all
              --json FILE      writes every measurement to a file
              --svg FILE       draws the result of stream
              --docs           stores the measurements in docs/benchmarks/ and regenerates docs/benchmarks.md, the plot
                               and the table in README
            tributary bench docs
              Regenerates docs/benchmarks.md, the plot and the table in README from docs/benchmarks/
            tributary bench jmh [ARGUMENTS]
              Runs the JMH benchmarks of codecs, converters and transforms; -h lists JMH's arguments""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String usage() {
        return USAGE;
    }

    @Override
    public int run(List<String> arguments) {
        throw new SandboxException("the module benchmarks is not on the class path; run ./tributary bench");
    }
}
