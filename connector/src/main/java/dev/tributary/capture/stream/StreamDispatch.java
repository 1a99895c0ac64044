// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.capture.stream.RowChange.Feed;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresEventDispatcher;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.LogicalDecodingMessage;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.TableId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns each message of the stream into what Debezium's dispatcher is told, with the offset and source block that stock
 * Debezium would have at this point; leaves out what had been sent before.
 */
final class StreamDispatch implements PgOutputHandler {

    private static final Instant EPOCH = Instant.EPOCH;

    private final PostgresPartition partition;
    private final PostgresOffsetContext offset;
    private final PostgresEventDispatcher<TableId> dispatcher;
    private final StreamProgress progress;
    private final Relations relations;
    private final LongSupplier lsn;
    private final Feed feed;
    private final StreamOptions options;
    private @Nullable Lsn lastProcessed;
    private @Nullable Instant commitTime;
    private @Nullable Long transaction;

    StreamDispatch(
            Feed feed,
            PostgresEventDispatcher<TableId> dispatcher,
            StreamProgress progress,
            Relations relations,
            LongSupplier lsn,
            StreamOptions options) {
        this.partition = feed.partition();
        this.offset = feed.offset();
        this.feed = feed;
        this.dispatcher = dispatcher;
        this.progress = progress;
        this.relations = relations;
        this.lsn = lsn;
        this.options = options;
        this.lastProcessed = offset.lastCompletelyProcessedLsn();
    }

    @Override
    public void begin(long commitLsn, long commitMicros, long id) throws SQLException, InterruptedException {
        commitTime = EPOCH.plus(commitMicros, ChronoUnit.MICROS);
        transaction = id;
        if (progress.begin(commitLsn)) {
            return;
        }
        offset.clearOrigin();
        update(null, ReplicationMessage.Operation.BEGIN);
        if (options.transactionMetadata()) {
            dispatcher.dispatchTransactionStartedEvent(partition, Long.toString(id), offset, commitTime);
        }
    }

    @Override
    public void commit(long commitLsn, long endLsn) throws SQLException, InterruptedException {
        boolean skipped = progress.commit(endLsn);
        if (skipped) {
            return;
        }
        Lsn position = position();
        lastProcessed = position;
        update(null, ReplicationMessage.Operation.COMMIT);
        offset.updateCommitPosition(position, position);
        heartbeat();
        dispatcher.dispatchTransactionCommittedEvent(partition, offset, commitTime);
    }

    @Override
    public void relation(int relation, ByteBuffer message) throws SQLException, InterruptedException {
        message.rewind();
        relations.learn(relation, message);
    }

    @Override
    public void insert(int relation, RowImage after) throws SQLException, InterruptedException {
        if (!progress.change()) {
            change(relation, Operation.CREATE, ReplicationMessage.Operation.INSERT, null, after, true);
        }
    }

    @Override
    public void update(int relation, @Nullable RowImage before, RowImage after)
            throws SQLException, InterruptedException {
        if (!progress.change()) {
            change(relation, Operation.UPDATE, ReplicationMessage.Operation.UPDATE, before, after, true);
        }
    }

    @Override
    public void delete(int relation, RowImage before) throws SQLException, InterruptedException {
        if (!progress.change()) {
            change(relation, Operation.DELETE, ReplicationMessage.Operation.DELETE, before, null, true);
        }
    }

    @Override
    public void truncate(int[] ids) throws SQLException, InterruptedException {
        boolean sentBefore = progress.change();
        if (sentBefore || !options.truncates()) {
            return;
        }
        int[] captured =
                Arrays.stream(ids).filter(id -> relations.get(id) != null).toArray();
        for (int i = 0; i < captured.length; i++) {
            boolean last = i == captured.length - 1;
            change(captured[i], Operation.TRUNCATE, ReplicationMessage.Operation.TRUNCATE, null, null, last);
        }
    }

    private void change(
            int id,
            Operation operation,
            ReplicationMessage.Operation type,
            @Nullable RowImage before,
            @Nullable RowImage after,
            boolean completes)
            throws SQLException, InterruptedException {
        Relation relation = relations.get(id);
        TableId table = relation == null ? null : relation.table();
        if (completes) {
            lastProcessed = position();
        }
        update(table, type);
        dispatcher.dispatchDataChangeEvent(
                partition, table, new RowChange(feed, relation, operation, before, after, completes));
    }

    @Override
    public void message(boolean transactional, long messageLsn, String prefix, byte[] content)
            throws SQLException, InterruptedException {
        if (transactional && progress.change()) {
            return;
        }
        Instant time = transactional ? commitTime : null;
        Long id = transactional ? transaction : null;
        if (!transactional) {
            lastProcessed = position();
        }
        offset.updateWalPosition(
                position(), lastProcessed, time, id, options.xmin().get(), ReplicationMessage.Operation.MESSAGE);
        if (!transactional) {
            offset.updateCommitPosition(position(), lastProcessed);
            heartbeat();
        }
        dispatcher.dispatchLogicalDecodingMessage(
                partition,
                offset,
                System.currentTimeMillis(),
                new LogicalDecodingMessage(
                        ReplicationMessage.Operation.MESSAGE, time, id, transactional, prefix, content));
    }

    @Override
    public void origin(long originLsn, String name) {
        offset.updateOrigin(name, Lsn.valueOf(originLsn));
    }

    /** Nothing has arrived: time for heartbeats, and for an incremental snapshot to go on. */
    void idle() throws InterruptedException {
        dispatcher.dispatchHeartbeatEventAlsoToIncrementalSnapshot(partition, offset);
    }

    @SuppressWarnings("deprecation") // Debezium's own source calls it, and there is no other way
    private void heartbeat() throws InterruptedException {
        dispatcher.dispatchHeartbeatEvent(partition, offset);
    }

    private void update(@Nullable TableId table, ReplicationMessage.Operation type) throws SQLException {
        offset.updateWalPosition(
                position(),
                lastProcessed,
                commitTime,
                transaction,
                options.xmin().get(),
                table,
                type);
    }

    private Lsn position() {
        return Lsn.valueOf(lsn.getAsLong());
    }
}
