// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import dev.tributary.benchmarks.report.Results;
import dev.tributary.sandbox.BenchOutline;
import dev.tributary.sandbox.Command;
import dev.tributary.sandbox.Distribution;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

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
            throw new UsageException("expected the name of a benchmark");
        }
        String word = arguments.get(0);
        List<String> rest = arguments.subList(1, arguments.size());
        switch (word) {
            case "jmh" -> new Runner(new CommandLineOptions(rest.toArray(String[]::new))).run();
            case "docs" -> publish();
            case "all" -> {
                if (rest.stream()
                        .anyMatch(option -> List.of("--json", "--svg", "--rows", "--contestants")
                                .contains(option))) {
                    throw new UsageException(
                            "all does not take --json, --svg, --rows and --contestants, whose meaning depends on the benchmark");
                }
                measure(List.of(Benchmark.values()), BenchOptions.parse(rest));
            }
            default ->
                measure(
                        Arrays.stream(Benchmark.values())
                                .filter(one -> one.word().equals(word))
                                .findFirst()
                                .map(List::of)
                                .orElseThrow(() -> new UsageException("unknown benchmark " + word)),
                        BenchOptions.parse(rest));
        }
        return 0;
    }

    private void measure(List<Benchmark> benchmarks, BenchOptions options) throws Exception {
        for (Benchmark benchmark : benchmarks) {
            Object result = inSandbox(benchmark, options);
            Optional<Path> file = options.file("--json");
            if (file.isPresent()) {
                Results.write(result, file.get());
            }
            if (options.has("--docs")) {
                results().keep(benchmark.word(), result);
                publish();
            }
        }
    }

    private Object inSandbox(Benchmark benchmark, BenchOptions options) throws Exception {
        try (Sandbox sandbox = Sandbox.open()) {
            try {
                return benchmark.run(options, sandbox, out);
            } catch (Exception e) {
                if (!Sandbox.isExiting()) {
                    sandbox.keepLogs();
                    out.println("Failed. The logs are kept in " + sandbox.logs());
                }
                throw e;
            }
        }
    }

    private void publish() throws Exception {
        results().publish();
        out.println("Wrote docs/benchmarks.md, docs/benchmarks.svg and the section in README.md");
    }

    private static Results results() {
        return new Results(Distribution.find().root());
    }
}
