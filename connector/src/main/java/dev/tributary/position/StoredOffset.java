// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An offset as Connect stores it for a connector, in the keys of Debezium's Postgres connector.
 *
 * @param values the keys and values, as they are in the offsets topic
 */
public record StoredOffset(Map<String, ?> values) {

    /** LSN of the change in the record. */
    public static final String LSN = "lsn";

    /** LSN up to which every change was processed. */
    public static final String LSN_PROCESSED = "lsn_proc";

    /** LSN of the last commit that was processed. */
    public static final String LSN_COMMITTED = "lsn_commit";

    /** The time of the commit, in microseconds since 1970. */
    private static final String COMMITTED_AT = "ts_usec";

    /** How many changes with this LSN there were. */
    private static final String LSN_EVENTS = "lsn_events_processed";

    /** The tables whose rows have all been sent, or need not be, with their oids. */
    public static final String CAPTURED_TABLES = "captured_tables";

    /**
     * The columns that options hide, by the numbers of their tables and their own, which a renaming does not change.
     */
    public static final String HIDDEN_COLUMNS = "hidden_columns";

    /** The values of {@code snapshot} during the first snapshot, in this version of Debezium and in older ones. */
    private static final Set<String> FIRST_SNAPSHOT = Set.of("INITIAL", "true");

    /** What Debezium writes to offsets during a snapshot. */
    private static final Set<String> SNAPSHOT = Set.of("snapshot", "last_snapshot_record", "snapshot_completed");

    private static final Set<String> POSITIONS = Set.of(LSN, LSN_PROCESSED, LSN_COMMITTED);

    /** The source partition of a connector: {@code {"server": topicPrefix}}. */
    public static Map<String, String> partition(String topicPrefix) {
        return Map.of("server", topicPrefix);
    }

    /** The offset, if Connect has stored one. */
    public static Optional<StoredOffset> of(@Nullable Map<String, ?> values) {
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(new StoredOffset(values));
    }

    /**
     * The position after which the slot must still have all changes: everything up to it has been processed. Empty if
     * the offset has no position.
     */
    public Optional<Lsn> resumesAt() {
        Optional<Lsn> committed = lsn(LSN_COMMITTED);
        Optional<Lsn> processed = lsn(LSN_PROCESSED);
        if (committed.isPresent() && processed.isPresent()) {
            return committed.get().isAfter(processed.get()) ? committed : processed;
        }
        return committed.or(() -> processed).or(() -> lsn(LSN));
    }

    /** When the change at the position was committed, or when the snapshot was taken; empty if that is not stored. */
    public Optional<Instant> committedAt() {
        return values.get(COMMITTED_AT) instanceof Number micros
                ? Optional.of(Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS))
                : Optional.empty();
    }

    /** The end of the last transaction that was sent completely; in an offset of a snapshot, where streaming begins. */
    public Optional<Lsn> committed() {
        return lsn(LSN_COMMITTED).or(() -> lsn(LSN_PROCESSED)).or(() -> lsn(LSN));
    }

    /**
     * This offset as it would be if nothing behind a position had been read. It says nothing of the open transaction
     * and of the timeline. It still says which server it is of, because the oids in it are of that one.
     */
    public StoredOffset rewoundTo(Lsn position) {
        Map<String, Object> rewound = new HashMap<>(values);
        rewound.keySet()
                .removeIf(key -> key.startsWith(Position.TRANSACTION)
                        || key.equals(LSN_EVENTS)
                        || key.equals(ServerTimeline.TIMELINE)
                        || key.equals(ServerTimeline.HISTORY));
        POSITIONS.forEach(key -> rewound.put(key, position.value()));
        return new StoredOffset(rewound);
    }

    /**
     * Whether it was written during the first snapshot, before that was complete. Later snapshots do not count: they
     * run while changes stream.
     */
    public boolean isOfUnfinishedSnapshot() {
        return FIRST_SNAPSHOT.contains(String.valueOf(values.get("snapshot")))
                && !"true".equals(String.valueOf(values.get("snapshot_completed")));
    }

    /** This offset, of an unfinished snapshot, as it would be if a change had been sent after the snapshot. */
    public StoredOffset afterSnapshot() {
        Map<String, Object> complete = new HashMap<>(values);
        complete.keySet().removeAll(SNAPSHOT);
        return new StoredOffset(complete);
    }

    /** The errors in the form of this offset; empty if it is valid. */
    public Set<String> problems() {
        Set<String> problems = new TreeSet<>();
        for (String key : POSITIONS) {
            Object value = values.get(key);
            if (value != null && !isPosition(value)) {
                problems.add(key + " must be an LSN as an integer, but is " + value);
            }
        }
        if (POSITIONS.stream().allMatch(key -> values.get(key) == null)) {
            problems.add("the offset has no position: it must have at least " + LSN + ", an LSN as an integer");
        }
        return problems;
    }

    private Optional<Lsn> lsn(String key) {
        return values.get(key) instanceof Number number ? Optional.of(new Lsn(number.longValue())) : Optional.empty();
    }

    private static boolean isPosition(Object value) {
        return value instanceof Long || value instanceof Integer;
    }
}
