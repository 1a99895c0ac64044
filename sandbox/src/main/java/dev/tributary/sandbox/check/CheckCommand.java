// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.check;

import dev.tributary.ConfigurationCheck;
import dev.tributary.ConfigurationCheck.Remark;
import dev.tributary.config.ChangedDefaults;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.sandbox.Command;
import dev.tributary.sandbox.ConnectorFile;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ./tributary check}. */
public final class CheckCommand implements Command {

    private static final String CLASS = "connector.class";
    private static final String OURS = "dev.tributary.PostgresSourceConnector";

    private final PrintStream out;

    public CheckCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String usage() {
        return """
                tributary check config.json
                  Checks the options in config.json and the database they name, as a worker does when it receives them
                  over REST, with converters, transforms and predicates, and prints each problem with the SQL or setting
                  that fixes it. For a configuration of Debezium's connector it also lists the defaults that change.
                  Resolves ${file:path:key}, ${dir:path:file} and ${env:NAME}. Changes nothing.
                  Exit code 0: the connector can start. 1: it cannot start. 2: wrong arguments.""";
    }

    @Override
    public int run(List<String> arguments) throws InterruptedException {
        if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
            throw new UsageException("expected one argument: a JSON file with the connector's options");
        }
        List<Remark> remarks = remarks(ConnectorFile.read(Path.of(arguments.get(0))));
        remarks.forEach(remark -> out.println(label(remark.severity()) + remark.message()));
        long errors = remarks.stream()
                .filter(remark -> remark.severity() == Severity.ERROR)
                .count();
        out.println(
                errors > 0
                        ? errors + (errors == 1 ? " error: " : " errors: ") + "the connector cannot start"
                        : "The connector can start");
        return errors > 0 ? 1 : 0;
    }

    private static List<Remark> remarks(Map<String, String> config) throws InterruptedException {
        List<Remark> remarks = new ArrayList<>();
        String type = config.getOrDefault(CLASS, "");
        if (type.equals(ChangedDefaults.DEBEZIUM)) {
            remarks.add(new Remark(
                    Severity.INFO, CLASS + ": is Debezium's; the rest is what to expect once it is " + OURS));
        } else if (!type.equals(OURS)) {
            remarks.add(new Remark(
                    Severity.ERROR,
                    CLASS + ": " + (type.isEmpty() ? "is missing" : "is " + type) + ". Fix: set it to " + OURS));
        }
        remarks.addAll(asWorker(config));
        // Errors come from Connect, which adds its own to the connector's.
        ConfigurationCheck.of(config).stream()
                .filter(remark -> remark.severity() != Severity.ERROR)
                .forEach(remarks::add);
        remarks.sort(Comparator.comparing(Remark::severity));
        return remarks;
    }

    private static List<Remark> asWorker(Map<String, String> config) throws InterruptedException {
        Map<String, String> ours = new HashMap<>(config);
        ours.put(CLASS, OURS);
        try (Sandbox sandbox = Sandbox.open()) {
            ConnectValidation.Result result = new ConnectValidation(sandbox.plugin()).of(ours);
            List<Remark> remarks = new ArrayList<>();
            result.errors().forEach(error -> remarks.add(new Remark(Severity.ERROR, error)));
            result.unchecked()
                    .forEach((option, missing) -> remarks.add(new Remark(
                            Severity.WARNING,
                            option + ": " + missing + " is neither Kafka's nor in this plugin, so it and its options"
                                    + " are not checked; every worker must have it")));
            return remarks;
        }
    }

    private static String label(Severity severity) {
        return switch (severity) {
            case ERROR -> "error    ";
            case WARNING -> "warning  ";
            case INFO -> "note     ";
        };
    }
}
