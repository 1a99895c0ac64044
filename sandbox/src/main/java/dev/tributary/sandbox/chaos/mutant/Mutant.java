// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.mutant;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.check.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A change of the connector's code that breaks a promise. A run that does not find it cannot be trusted. */
public enum Mutant {
    /** Acknowledges what was received, not what Kafka has. */
    ACKNOWLEDGES_EARLY(
            "capture/stream/Acknowledgement.java",
            "isSettled(known) ? Optional.of(reader.receivedUpTo()) : delivered(lane.deliveredUpTo())",
            "Optional.of(reader.receivedUpTo())",
            "workers killed while no broker answers",
            Kind.LOST),
    /** Leaves out one change when it resumes in the middle of a transaction. */
    SKIPS_ONE_ON_RESUME(
            "capture/stream/StreamProgress.java",
            "if (skipsTransaction || received <= sentBefore) {",
            "if (skipsTransaction || received <= sentBefore || (sentBefore > 0 && received == sentBefore + 1)) {",
            "connector restarted in a large transaction",
            Kind.LOST),
    /** Takes the transaction that was open at the end for complete. */
    RESUMES_BY_LSN(
            "position/Position.java",
            "return !commit.equals(open) && completed.isAfter(commit);",
            "return completed.isAfter(commit) || (ordinal > 0 && commit.equals(open));",
            "connector restarted in a large transaction",
            Kind.LOST),
    /** Loses the first records of each task. */
    DROPS_AT_REBALANCE(
            "PostgresSourceTask.java",
            "running = capture;",
            "running = capture; List<SourceRecord> first = null; try { while (first == null || first.isEmpty()) {"
                    + " first = capture.poll(); } } catch (InterruptedException e) {"
                    + " Thread.currentThread().interrupt(); }",
            "worker killed",
            Kind.LOST),
    /** Leaves out a part of each table that a snapshot reads. */
    SKIPS_A_CHUNK(
            "capture/snapshot/TableRun.java",
            "BlockRange range = waiting.poll();",
            "BlockRange range = waiting.poll(); if (begun && waiting.size() > 1) { range = waiting.poll(); }",
            "offsets reset",
            Kind.LOST),
    /** Takes a server of any timeline for the one that was read. */
    IGNORES_THE_TIMELINE(
            "position/Divergence.java",
            "if (read.isSame(server)) {",
            "if (read.systemId().equals(server.systemId())) {",
            "lagging standby promoted",
            Kind.SILENT),
    /** Does not see that something else has moved the slot. */
    IGNORES_AN_ADVANCED_SLOT(
            "preflight/SlotGapChecks.java",
            "return confirmed != null && confirmed.compareTo(stored) > 0 && !isMovedByUs(request, confirmed);",
            "return false;",
            "slot advanced",
            Kind.SILENT),
    /** Sends the records of a poll in the wrong order. */
    REVERSES_RECORDS(
            "PostgresSourceTask.java",
            "List<SourceRecord> complete = lists().of(records);",
            "if (records != null) { java.util.Collections.reverse(records); }"
                    + " List<SourceRecord> complete = lists().of(records);",
            "worker killed",
            Kind.OUT_OF_ORDER),
    /** Sends a record twice. */
    REPEATS_A_RECORD(
            "PostgresSourceTask.java",
            "List<SourceRecord> complete = lists().of(records);",
            "if (records != null && !records.isEmpty()) { records.add(records.get(records.size() / 2)); }"
                    + " List<SourceRecord> complete = lists().of(records);",
            "large transaction",
            Kind.OUT_OF_ORDER),
    /** Sends null for a large value that has not changed. */
    LOSES_UNCHANGED_VALUES(
            "row/ColumnCodec.java",
            "return before != null && before.hasText(column) ? value(before, column) : ofUnchanged.get();",
            "return before != null && before.hasText(column) ? value(before, column) : ofNull.get();",
            "worker killed",
            Kind.WRONG_CONTENT),
    /** Sends no tombstones. */
    SENDS_NO_TOMBSTONES(
            "capture/stream/StreamContext.java",
            "return tombstones && operation == Operation.DELETE;",
            "return false;",
            "worker killed",
            Kind.LOST),
    /** Does not send what changed while a snapshot was interrupted. */
    SKIPS_THE_CATCH_UP(
            "capture/stream/CatchUpStream.java",
            "while (!end.isReached() && (progress",
            "while (end.isReached() && !end.isReached() && (progress",
            "workers killed in a new snapshot",
            Kind.LOST),
    /** Takes a table that was away for a while for one that was there all the time. */
    IGNORES_ABSENCES(
            "capture/backfill/TableIdentity.java",
            "return new TableIdentity(table, NOTHING, \"\");",
            "return this;",
            "table renamed and renamed back",
            Kind.LOST),
    /** Leaves a thread behind with each task that ends. */
    LEAKS_THREADS("TableWatch.java", "looks.shutdown();", "", "connector restarted several times"),
    /** Sends no TRUNCATE. */
    SENDS_NO_TRUNCATES(
            "capture/stream/StreamDispatch.java",
            "if (!streamOptions.truncates()) {",
            "if (streamOptions.truncates()) {",
            "table truncated",
            Kind.LOST),
    /** Does not notice that a table was not published for a while. */
    IGNORES_PUBLICATION_GAPS(
            "capture/backfill/Continuity.java",
            "return now.hasMemberOf(known);",
            "return true;",
            "table out of the publication and back",
            Kind.LOST),
    /** Commits in the middle of a transaction. */
    TEARS_TRANSACTIONS(
            "handover/GroupCommits.java",
            "if (index == group.size() - 1) {",
            "if (index == group.size() - 1 || index == group.size() / 2) {",
            "worker killed",
            Kind.TORN),
    /** Sends the last change again when it resumes. */
    REPEATS_ONE_ON_RESUME(
            "capture/stream/StreamProgress.java",
            "if (skipsTransaction || received <= sentBefore) {",
            "if (skipsTransaction || received < sentBefore) {",
            "connector restarted in a large transaction",
            Kind.REPEATED),
    /** Reports a loss whenever it resumes. */
    CRIES_WOLF(
            "preflight/SlotGapChecks.java",
            "return confirmed != null && confirmed.compareTo(stored) > 0 && !isMovedByUs(request, confirmed);",
            "return confirmed != null;",
            "connector restarted several times",
            Kind.FALSE_REPORT),
    /** Sends a delete and a create for each update whose old row is known. */
    INVENTS_DELETES(
            "capture/stream/RowChange.java",
            "boolean sameKey = oldKey == null || oldKey.equals(newKey);",
            "boolean sameKey = oldKey == null;",
            "worker killed",
            Kind.NOT_COMMITTED);

    private final String file;
    private final String original;
    private final String changed;
    private final String faults;
    private final Optional<Kind> shown;

    /** One that is found by what it occupies in the end. */
    Mutant(String file, String original, String changed, String faults) {
        this(file, original, changed, faults, Optional.empty());
    }

    Mutant(String file, String original, String changed, String faults, Kind shown) {
        this(file, original, changed, faults, Optional.of(shown));
    }

    Mutant(String file, String original, String changed, String faults, Optional<Kind> shown) {
        this.file = file;
        this.original = original;
        this.changed = changed;
        this.faults = faults;
        this.shown = shown;
    }

    /** The one with a name such as {@code ignores-the-timeline}. */
    public static Optional<Mutant> named(String name) {
        return Arrays.stream(values()).filter(each -> each.title().equals(name)).findFirst();
    }

    public static List<String> titles() {
        return Arrays.stream(values()).map(Mutant::title).toList();
    }

    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The faults with which a run must find it, as {@code --only} takes them. */
    public String faults() {
        return faults;
    }

    /** Whether only a run with exactly-once can find it. At least once, the first records of a task are repeats. */
    public boolean needsExactlyOnce() {
        return this == DROPS_AT_REBALANCE
                || shown.filter(kind -> kind == Kind.TORN || kind == Kind.REPEATED)
                        .isPresent();
    }

    /**
     * Whether a run has found what this mutant breaks, and not merely failed.
     *
     * @param problems those that the checker does not see
     */
    public boolean isFoundBy(Verdict verdict, List<String> problems) {
        return shown.map(kind -> verdict.count(kind) > 0)
                .orElseGet(() -> problems.stream().anyMatch(problem -> problem.contains("at the end, more than")));
    }

    /** The changed file, below the connector's package. */
    String file() {
        return file;
    }

    /**
     * Changes the code of its file.
     *
     * @throws IllegalStateException if the code is not there exactly once: then this mutant must follow the code
     */
    String applyTo(String source) {
        int at = source.indexOf(original);
        if (at < 0 || source.indexOf(original, at + 1) >= 0) {
            throw new IllegalStateException(title() + ": \"" + original + "\" must be in " + file + " exactly once");
        }
        return source.substring(0, at) + changed + source.substring(at + original.length());
    }
}
