// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import dev.tributary.benchmarks.stream.StreamBench;
import dev.tributary.benchmarks.stream.StreamPlan;
import dev.tributary.benchmarks.stream.StreamResult;
import dev.tributary.sandbox.BenchOutline;
import dev.tributary.sandbox.Command;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.UsageException;
import java.io.PrintStream;
import java.util.List;

/** {@code ./tributary bench}. */
public final class BenchCommand implements Command {

    private final PrintStream out;

    /** For {@code java.util.ServiceLoader}. */
    public BenchCommand() {
        this(System.out);
    }

    BenchCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public String name() {
        return BenchOutline.NAME;
    }

    @Override
    public String usage() {
        return BenchOutline.USAGE;
    }

    @Override
    public int run(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            throw new UsageException("say what to measure");
        }
        BenchOptions options = BenchOptions.parse(arguments.subList(1, arguments.size()));
        StreamPlan plan = new StreamPlan(
                options.number("--rounds", 5),
                options.number("--rows", 500_000),
                options.number("--warm-up", 200_000),
                options.someOf("--contestants", StreamBench.contestants()));
        try (Sandbox sandbox = Sandbox.open()) {
            StreamResult result;
            try {
                result = new StreamBench(plan, out).run(sandbox);
            } catch (Exception e) {
                if (!Sandbox.isExiting()) {
                    sandbox.keepLogs();
                    out.println("Failed. The logs are kept in " + sandbox.logs());
                }
                throw e;
            }
            out.println(result);
        }
        return 0;
    }
}
