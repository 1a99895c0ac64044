// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.relational.TableId;
import io.debezium.util.Strings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which tables a snapshot is taken of, and in which order: that of the patterns that include them, as in Debezium. */
final class CapturedTables {

    private final PostgresConnectorConfig config;

    CapturedTables(PostgresConnectorConfig config) {
        this.config = config;
    }

    /**
     * The captured tables, those of signals among them: their changes are streamed, their rows are not read.
     *
     * @param all all tables of the database
     * @param wanted patterns of which one must match; all are wanted if there are none: {@code
     *     snapshot.include.collection.list}
     */
    List<TableId> of(Set<TableId> all, Collection<Pattern> wanted) {
        Set<TableId> captured = new TreeSet<>();
        for (TableId table : all) {
            if (config.getTableFilters().dataCollectionFilter().isIncluded(table)
                    && (wanted.isEmpty() || wanted.stream().anyMatch(pattern -> matches(pattern, table)))) {
                captured.add(table);
            }
        }
        Set<TableId> ordered = new LinkedHashSet<>();
        for (Pattern pattern : order()) {
            captured.stream()
                    .filter(table -> pattern.matcher(config.getTableIdMapper().toString(table))
                            .matches())
                    .forEach(ordered::add);
        }
        return List.copyOf(ordered);
    }

    /** Those of some tables whose rows are read. */
    List<TableId> read(List<TableId> captured) {
        return captured.stream()
                .filter(table -> !config.isSignalDataCollection(table))
                .toList();
    }

    private List<Pattern> order() {
        List<Pattern> patterns = new ArrayList<>();
        if (!Strings.isNullOrBlank(config.tableIncludeList())) {
            patterns.addAll(Strings.listOfRegex(config.tableIncludeList(), Pattern.CASE_INSENSITIVE));
        } else {
            patterns.add(Pattern.compile(".*", Pattern.DOTALL));
        }
        return patterns;
    }

    private static boolean matches(Pattern pattern, TableId table) {
        return pattern.matcher(table.identifier()).matches()
                || pattern.matcher(table.toDoubleQuotedString()).matches();
    }
}
