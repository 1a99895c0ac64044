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

/** Selects the tables of a snapshot, in the order of the patterns that include them, as Debezium does. */
public final class CapturedTables {

    private final PostgresConnectorConfig config;

    public CapturedTables(PostgresConnectorConfig config) {
        this.config = config;
    }

    /**
     * Returns the captured tables, signal tables included: their changes are streamed, but their rows are not read.
     *
     * @param all all tables of the database
     * @param included patterns of which one must match, {@code snapshot.include.collection.list}; none include all
     *     tables
     */
    public List<TableId> of(Set<TableId> all, Collection<Pattern> included) {
        Set<TableId> captured = new TreeSet<>();
        for (TableId table : all) {
            if (config.getTableFilters().dataCollectionFilter().isIncluded(table)
                    && (included.isEmpty() || included.stream().anyMatch(pattern -> matches(pattern, table)))) {
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

    /** Returns those of the captured tables whose rows are read. */
    public List<TableId> readable(List<TableId> captured) {
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
