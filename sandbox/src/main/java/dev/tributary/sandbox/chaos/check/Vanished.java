// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of timelines that no longer exist. Their records may be in the topics if the connector reported that the
 * changes were undone.
 */
final class Vanished {

    private record Row(String relation, @Nullable String key) {}

    private final List<Report> reports;
    private final Map<String, Change> rows = new HashMap<>();
    private final Map<String, Change> deletesByTag = new HashMap<>();
    private final Map<Row, List<Change>> deletes = new HashMap<>();
    private final Map<String, List<Change>> truncates = new HashMap<>();

    Vanished(List<Change> changes, List<Report> reports) {
        this.reports = reports.stream()
                .filter(report -> report.kind() == LossKind.UNDONE)
                .toList();
        for (Change change : changes) {
            switch (change.op()) {
                case Change.DELETE -> {
                    deletesByTag.put(change.tag(), change);
                    Row row = new Row(change.relation(), change.key());
                    deletes.computeIfAbsent(row, same -> new ArrayList<>()).add(change);
                }
                case Change.TRUNCATE ->
                    truncates
                            .computeIfAbsent(change.relation(), same -> new ArrayList<>())
                            .add(change);
                default -> rows.put(change.tag(), change);
            }
        }
    }

    /** Whether the connector reported that the change was undone. */
    boolean isReported(Change change) {
        return reports.stream().anyMatch(report -> report.covers(change.lsn()));
    }

    /** The change that wrote this version of a row. */
    @Nullable
    Change row(String tag) {
        return rows.get(tag);
    }

    /** The change that deleted this version of a row. */
    @Nullable
    Change delete(String tag) {
        return deletesByTag.get(tag);
    }

    List<Change> deletes(String relation, @Nullable String key) {
        return deletes.getOrDefault(new Row(relation, key), List.of());
    }

    List<Change> truncates(String relation) {
        return truncates.getOrDefault(relation, List.of());
    }
}
