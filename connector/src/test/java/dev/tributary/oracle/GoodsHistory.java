// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What a consumer of the topic of {@link Goods} knows after some records, and whether a row ever went back to an older
 * version.
 */
final class GoodsHistory {

    private final Map<Integer, Long> rows = new TreeMap<>();
    private final Map<Integer, Long> latest = new HashMap<>();
    private final Map<Integer, Boolean> deleted = new HashMap<>();
    private final StringBuilder backwards = new StringBuilder();
    private int reads;

    static GoodsHistory of(List<SourceRecord> records) {
        GoodsHistory history = new GoodsHistory();
        records.forEach(history::add);
        return history;
    }

    void add(SourceRecord record) {
        if (!record.topic().endsWith(".goods") || record.value() == null) {
            return;
        }
        Struct value = (Struct) record.value();
        if (value.getString("op").equals("t")) {
            rows.clear();
            return;
        }
        int id = ((Struct) record.key()).getInt32("id");
        String operation = value.getString("op");
        if (operation.equals("d")) {
            rows.remove(id);
            deleted.put(id, true);
            return;
        }
        long version = value.getStruct("after").getInt64("version");
        long before = Objects.requireNonNullElse(latest.get(id), -1L);
        if (version < before || (version == before && deleted.getOrDefault(id, false))) {
            backwards
                    .append(operation)
                    .append(" of ")
                    .append(id)
                    .append(" with version ")
                    .append(version)
                    .append(" after ")
                    .append(before)
                    .append('\n');
        }
        if (operation.equals("r")) {
            reads++;
        }
        latest.put(id, version);
        deleted.put(id, false);
        rows.put(id, version);
    }

    /** The rows, as rebuilt from the records. */
    Map<Integer, Long> rows() {
        return rows;
    }

    /** How many rows came from snapshots. */
    int reads() {
        return reads;
    }

    /** The rows that went back to an older version; empty if none did. */
    String backwards() {
        return backwards.toString();
    }
}
