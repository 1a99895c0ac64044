// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.check;

import dev.tributary.ConfigurationCheck;
import dev.tributary.ConfigurationCheck.Remark;
import dev.tributary.config.ChangedDefaults;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.sandbox.Sandbox;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Connect and the connector say about a configuration.
 *
 * @param all errors first
 */
public record Remarks(List<Remark> all) {

    private static final String CLASS = "connector.class";
    private static final String OURS = "dev.tributary.PostgresSourceConnector";

    public Remarks {
        all = List.copyOf(all);
    }

    /** Checks a configuration and its database. Changes nothing. */
    public static Remarks of(Map<String, String> config) throws InterruptedException {
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
        return new Remarks(remarks);
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

    /** How many of them keep the connector from starting. */
    public long errors() {
        return all.stream()
                .filter(remark -> remark.severity() == Severity.ERROR)
                .count();
    }

    /** Prints a line for each, then whether the connector can start. */
    public void printTo(PrintStream out) {
        all.forEach(remark -> out.println(label(remark.severity()) + remark.message()));
        long errors = errors();
        out.println(
                errors > 0
                        ? errors + (errors == 1 ? " error: " : " errors: ") + "the connector cannot start"
                        : "The connector can start");
    }

    private static String label(Severity severity) {
        return switch (severity) {
            case ERROR -> "error    ";
            case WARNING -> "warning  ";
            case INFO -> "note     ";
        };
    }
}
