// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.KnownOptions;
import dev.tributary.config.OptionNames;
import dev.tributary.failure.ShownText;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.Report;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a running task warns of. What concerns the server and the slot is as of its start; what concerns tables is as of
 * the last look at them.
 *
 * @param ofStart what the checks before the start found, apart from tables, and unknown options
 * @param ofTables what the last look at the tables found
 */
record TaskWarnings(List<String> ofStart, List<String> ofTables) {

    TaskWarnings {
        ofStart = List.copyOf(ofStart);
        ofTables = List.copyOf(ofTables);
    }

    /**
     * The warnings of a start.
     *
     * @param postponed what has not been prepared yet
     */
    static TaskWarnings of(ConnectorConfig config, Report report, List<Finding> postponed) {
        List<Finding> others = new ArrayList<>(report.findings());
        others.removeAll(report.ofTables());
        return new TaskWarnings(
                Stream.concat(texts(others).stream(), KnownOptions.warnings(config.properties()).stream())
                        .toList(),
                ofTables(report, postponed));
    }

    /** These warnings and those of a worker. */
    TaskWarnings and(List<Finding> ofWorker) {
        return new TaskWarnings(
                Stream.concat(texts(ofWorker).stream(), ofStart.stream()).toList(), ofTables);
    }

    /**
     * The warnings after a look at the tables.
     *
     * @param postponed what has not been prepared yet
     */
    TaskWarnings after(Report report, List<Finding> postponed) {
        return new TaskWarnings(ofStart, ofTables(report, postponed));
    }

    private static List<String> ofTables(Report report, List<Finding> postponed) {
        return texts(
                Stream.concat(report.ofTables().stream(), postponed.stream()).toList());
    }

    /** The warnings after a look that found tables to publish, and failed to do so. */
    TaskWarnings afterFailure(Report report, SQLException e) {
        List<String> found = new ArrayList<>(texts(report.ofTables()));
        found.add(OptionNames.PUBLICATION_NAME + ": The database could not be prepared for captured tables that have"
                + " appeared: " + ShownText.of(e) + ". They are not captured yet; the next look tries it again");
        return new TaskWarnings(ofStart, found);
    }

    /** All of them. */
    List<String> all() {
        return Stream.concat(ofTables.stream(), ofStart.stream()).toList();
    }

    /** An error does not end a task that is running. */
    private static List<String> texts(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .map(finding -> finding.option() + ": " + finding.message()
                        + (finding.severity() == Severity.ERROR
                                ? ". This is an error: the task keeps running, and its next start fails"
                                : ""))
                .toList();
    }
}
