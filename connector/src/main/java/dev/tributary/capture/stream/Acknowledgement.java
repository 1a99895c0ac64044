// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.position.Lsn;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.SlotMark;
import dev.tributary.position.StartingPoint;
import dev.tributary.position.StoredOffset;
import dev.tributary.replication.ReplicationReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides up to which position the server may release WAL.
 *
 * <p>The offset that Connect has stored is acknowledged in any case. Connect stores the offset of a record only if it
 * was sent, so changes that are filtered out, or whose records a transform drops, do not move that offset. Therefore
 * positions past it are acknowledged as well, with a {@link SlotMark}: up to the last record that Connect is done with,
 * and once it is done with all of them, up to what the server has sent.
 *
 * <p>The same applies to the end of the first snapshot, which its last row says: if a transform drops that row, the
 * stored offset still says that the snapshot is unfinished. Nothing is acknowledged before a snapshot is complete, so a
 * mark past such an offset says that it is.
 */
final class Acknowledgement {

    /** How often positions past the stored offset are looked for. */
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReplicationReader reader;
    private final StreamContext context;
    private final RecordLane lane;
    private final Allowed allowed;
    private final Begin begin;
    private final SlotMark mark;
    private volatile StoredOffset stored;

    /** The histories of the server that this run has read; empty if they are not known. */
    private final Set<ServerTimeline> histories = ConcurrentHashMap.newKeySet();

    private long lastNanos = System.nanoTime();

    /** What may be acknowledged: {@code lsn.flush.mode}. */
    enum Allowed {
        NOTHING,
        STORED,
        DELIVERED
    }

    /**
     * Where the stream begins.
     *
     * @param position everything before it has been sent
     * @param afterSnapshot whether the first snapshot is complete, in this run or an earlier one
     */
    record Begin(Lsn position, boolean afterSnapshot) {}

    /** @param point where the run begins */
    Acknowledgement(
            ReplicationReader reader,
            StreamContext context,
            RecordLane lane,
            Allowed allowed,
            StartingPoint point,
            Begin begin,
            SlotMark mark) {
        this.reader = reader;
        this.context = context;
        this.lane = lane;
        this.allowed = allowed;
        this.begin = begin;
        this.mark = mark;
        this.stored = point.confirmed().orElse(new StoredOffset(Map.of()));
        point.server().ifPresent(histories::add);
    }

    /** The server continues in another timeline. */
    void serverChanged(ServerTimeline server) {
        histories.add(server);
    }

    /**
     * Connect has stored an offset. Any thread may call this. At first it can be one of another history, if the run
     * continues from where the histories part: its position means other changes here.
     */
    void stored(StoredOffset offset) {
        if (ServerTimeline.of(offset)
                .filter(read -> histories.stream().noneMatch(read::isSame))
                .isPresent()) {
            return;
        }
        stored = offset;
        if (allowed != Allowed.NOTHING && !offset.isOfUnfinishedSnapshot()) {
            offset.committed().ifPresent(reader::acknowledge);
        }
    }

    /** Everything that has been received is in the lane or filtered out. For the thread that streams. */
    void handled(long nanoTime) {
        if (nanoTime - lastNanos >= INTERVAL_NANOS) {
            lastNanos = nanoTime;
            acknowledgeDelivered();
        }
    }

    /**
     * Acknowledges what Connect is done with. A signal that was received takes effect again after a crash only if its
     * change arrives again, or an offset is stored that describes the running snapshot: until then, nothing past the
     * stored offset is acknowledged.
     */
    void acknowledgeDelivered() {
        StoredOffset known = stored;
        if (allowed != Allowed.DELIVERED
                || (known.isOfUnfinishedSnapshot() && !begin.afterSnapshot())
                || context.offset().getIncrementalSnapshotContext().snapshotRunning()) {
            return;
        }
        Optional<Lsn> reached = isSettled(known) ? Optional.of(reader.receivedUpTo()) : delivered(lane.deliveredUpTo());
        reached.filter(position -> position.isAfter(begin.position())
                        && known.committed().map(position::isAfter).orElse(true))
                .map(mark::on)
                .ifPresent(reader::acknowledge);
    }

    /**
     * Whether Connect is done with all records, and no transaction is open. Debezium's embedded engines do not report
     * records that a transform dropped; there, the last record must be the one that is stored.
     */
    private boolean isSettled(StoredOffset known) {
        return !context.progress().isInTransaction() && (lane.isDelivered() || isOfLast(known));
    }

    /** The list of tables does not count: a stored offset may refer to it instead. */
    private boolean isOfLast(StoredOffset known) {
        Map<String, ?> last = lane.lastOffset();
        return last != null && withoutTables(last).equals(withoutTables(known.values()));
    }

    private static Map<String, Object> withoutTables(Map<String, ?> offset) {
        Map<String, Object> rest = new HashMap<>(offset);
        rest.remove(StoredOffset.CAPTURED_TABLES);
        return rest;
    }

    private static Optional<Lsn> delivered(@Nullable Map<String, ?> offset) {
        return StoredOffset.of(offset)
                .filter(known -> !known.isOfUnfinishedSnapshot())
                .flatMap(StoredOffset::committed);
    }
}
