// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The table of {@link MovingRows}, as a consumer rebuilds it from its topic. Collects events that must never happen.
 */
final class RebuiltMovingRows {

    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    private final Map<Integer, Row> rows = new TreeMap<>();
    private final Map<Integer, Long> latest = new TreeMap<>();
    private final Set<Integer> rowsRead = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private long reads;
    private boolean ended;

    private record Row(
            long version, @Nullable String small, @Nullable String large) {}

    void add(SourceRecord record) {
        ended |= ends(record);
        if (!record.topic().equals(MovingRows.TOPIC) || !(record.value() instanceof Struct value)) {
            return;
        }
        int id = ((Struct) record.key()).getInt32("id");
        String operation = value.getString("op");
        Struct after = value.getStruct("after");
        if (operation.equals("r")) {
            reads++;
            rowsRead.add(id);
        }
        if (after == null) {
            rows.remove(id);
        } else {
            put(id, after, operation);
        }
    }

    private void put(int id, Struct after, String operation) {
        long version = after.getInt64("version");
        Long before = latest.put(id, version);
        if (before != null && (version < before || (version == before && !operation.equals("r")))) {
            problems.add("row " + id + " goes from version " + before + " to " + version + " by " + operation);
        }
        String large = after.getString("large");
        Row known = rows.get(id);
        if (UNAVAILABLE.equals(large)) {
            large = known == null ? UNAVAILABLE : known.large();
        }
        rows.put(id, new Row(version, after.getString("small"), large));
    }

    /** Whether a record is the last row of a snapshot. */
    static boolean ends(SourceRecord record) {
        return record.value() instanceof Struct value
                && value.schema().field("source") != null
                && "last".equals(value.getStruct("source").getString("snapshot"));
    }

    boolean hasEnded() {
        return ended;
    }

    List<String> problems() {
        return problems;
    }

    long reads() {
        return reads;
    }

    long rowsRead() {
        return rowsRead.size();
    }

    Map<Integer, String> rows() {
        Map<Integer, String> texts = new TreeMap<>();
        rows.forEach((id, row) -> texts.put(
                id,
                row.version() + "|" + Objects.requireNonNullElse(row.small(), "") + "|"
                        + Objects.requireNonNullElse(row.large(), "")));
        return texts;
    }
}
