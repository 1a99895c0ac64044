// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.util.List;

/**
 * {@code ./tributary bench} where the module {@code benchmarks}, which has the command, is not on the class path: says
 * how it is called, so that the help is complete without building it.
 */
public final class BenchOutline implements Command {

    /** The word that calls it. */
    public static final String NAME = "bench";

    /** How it is called. */
    public static final String USAGE = """
            tributary bench stream | snapshot | latency | limits | transforms | all [--rounds N] [--rows N]
                            [--json FILE] [--svg FILE] [--docs]
              Measures the connector beside Debezium's and beside a bare replication client, on this machine.
              stream    rows/s, CPU and allocation per row: one backlog per round, drained by each in turn
              snapshot  the same for a table that is there already, beside a bare COPY
              latency   from COMMIT to the consumer, at a steady rate
              limits    a snapshot and a transaction of millions of rows, and huge rows, in a worker with a small heap
              transforms
                        what a transform costs per record, beside Debezium's: JMH
              all       these, one after the other
              --rounds N       how often each is measured (stream and snapshot 5, transforms 3,
                               latency 1)
              --rows N         rows: of a backlog (stream, 500000), of the table (snapshot, 1000000), of the
                               transaction (limits, 2000000)
              --snapshot-rows N
                               rows of the snapshot (limits, 5000000)
              --warm-up N      rows that each reads before it is measured (stream and snapshot 1000000,
                               latency 200000)
              --rate N         transactions per second (latency, 1000)
              --seconds N      how long each is measured (latency, 30)
              --heap SIZE      the worker's largest heap (limits, 256m)
              --megabytes N    the size of a huge row (limits, 20)
              --huge-rows N    how many of them (limits, 10)
              --contestants L  only these (not limits), comma separated; a wrong one gets the list
              --json FILE      writes every measurement
              --svg FILE       draws the result of stream
              --docs           keeps the measurements in docs/benchmarks/ and writes docs/benchmarks.md, the plot and
                               the table of README anew
            tributary bench docs
              Writes docs/benchmarks.md, the plot and the table of README anew from docs/benchmarks/
            tributary bench jmh [ARGUMENTS]
              Runs the JMH benchmarks of codecs and converter; -h lists JMH's own arguments""";

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
        throw new SandboxException("the module benchmarks is not on the class path; call ./tributary bench");
    }
}
