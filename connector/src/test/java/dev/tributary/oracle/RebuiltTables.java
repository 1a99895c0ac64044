// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import io.debezium.connector.AbstractSourceInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Tables as a consumer rebuilds them from their topics: by key, or every row of an event if there is no key. */
final class RebuiltTables {

    private final Map<String, Map<Object, Struct>> keyed = new HashMap<>();
    private final Map<String, List<Struct>> keyless = new HashMap<>();
    private final Map<String, List<Struct>> read = new TreeMap<>();
    private boolean ended;

    void add(SourceRecord record) {
        if (!(record.value() instanceof Struct value)
                || value.schema().field("op") == null
                || value.schema().field("source") == null) {
            return;
        }
        String table = value.getStruct("source").getString(AbstractSourceInfo.TABLE_NAME_KEY);
        String operation = value.getString("op");
        ended |= "last".equals(value.getStruct("source").getString(AbstractSourceInfo.SNAPSHOT_KEY));
        if (table == null || operation.equals("m")) {
            return;
        }
        if (operation.equals("t")) {
            keyed.remove(table);
            keyless.remove(table);
            return;
        }
        Struct after = value.getStruct("after");
        if (operation.equals("r")) {
            read.computeIfAbsent(table, any -> new ArrayList<>()).add(after);
        }
        if (record.key() == null) {
            keyless.computeIfAbsent(table, any -> new ArrayList<>()).add(after);
        } else if (after == null) {
            keyed.computeIfAbsent(table, any -> new HashMap<>()).remove(record.key());
        } else {
            keyed.computeIfAbsent(table, any -> new HashMap<>()).put(record.key(), after);
        }
    }

    /** Whether the last row of a snapshot has been seen. */
    boolean hasEnded() {
        return ended;
    }

    /** Expects another snapshot to end. */
    void expectAnother() {
        ended = false;
    }

    /** The rows of a table that snapshots have sent. */
    List<Struct> read(String table) {
        return read.getOrDefault(table, List.of());
    }

    /** The number of rows that snapshots have sent, in all tables. */
    long reads() {
        return read.values().stream().mapToLong(List::size).sum();
    }

    /** The rebuilt rows, in the notation of {@link #sql}, sorted. */
    List<String> rows(String table) {
        Collection<Struct> rows = keyed.containsKey(table)
                ? Objects.requireNonNull(keyed.get(table)).values()
                : keyless.getOrDefault(table, List.of());
        return rows.stream().map(RebuiltTables::text).sorted().toList();
    }

    private static String text(Struct row) {
        return row.schema().fields().stream()
                .map(field -> field.name() + "=" + row.get(field))
                .collect(Collectors.joining(" "));
    }

    /** A query for the rows of a table, in the same notation. */
    static String sql(String table) {
        return "SELECT (SELECT string_agg(key || '=' || coalesce(value, 'null'), ' ' ORDER BY place)"
                + " FROM json_each_text(row_to_json(each)) WITH ORDINALITY AS fields (key, value, place)) FROM "
                + table + " AS each";
    }
}
