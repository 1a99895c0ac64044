// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.StreamedSoFar;
import dev.tributary.record.Companion;
import dev.tributary.record.Envelopes;
import dev.tributary.record.RecordLane;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.LogicalDecodingMessage;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns each message of the stream into what Debezium's dispatcher is told, with the offset and source block that stock
 * Debezium would have at this point; leaves out what had been sent before.
 */
final class StreamDispatch implements PgOutputHandler {

    private final PostgresPartition partition;
    private final PostgresOffsetContext offset;
    private final ChangeDispatcher dispatcher;
    private final StreamProgress progress;
    private final StreamedSoFar streamed;
    private final Relations relations;
    private final LongSupplier lsn;
    private final Feed feed;
    private final StreamOptions options;
    private @Nullable Lsn lastProcessed;
    private final RecordLane lane;
    private final Companion beside;
    private @Nullable Transaction transaction;
    private ChangePoint.@Nullable Origin origin;

    StreamDispatch(
            Feed feed,
            ChangeDispatcher dispatcher,
            StreamProgress progress,
            StreamedSoFar streamed,
            Relations relations,
            LongSupplier lsn,
            RecordLane lane,
            Companion beside,
            StreamOptions options) {
        this.partition = feed.partition();
        this.offset = feed.offset();
        this.feed = feed;
        this.dispatcher = dispatcher;
        this.progress = progress;
        this.streamed = streamed;
        this.relations = relations;
        this.lsn = lsn;
        this.lane = lane;
        this.beside = beside;
        this.options = options;
        this.lastProcessed = offset.lastCompletelyProcessedLsn();
    }

    @Override
    public void begin(long commitLsn, long commitMicros, long id) throws SQLException, InterruptedException {
        streamed.begun(id);
        Lsn previous = offset.lastCommitLsn();
        transaction = Transaction.of(id, commitLsn, commitMicros, previous == null ? null : previous.asLong());
        origin = null;
        if (progress.begin(commitLsn)) {
            return;
        }
        offset.clearOrigin();
        update(position(), null, ReplicationMessage.Operation.BEGIN);
        if (options.transactions() != null) {
            options.transactions().begin(offset.getTransactionContext(), commitLsn);
            dispatcher.dispatchTransactionStartedEvent(partition, Long.toString(id), offset, transaction.commitTime());
        }
    }

    @Override
    public void commit(long commitLsn, long endLsn) throws SQLException, InterruptedException {
        boolean skipped = progress.commit(endLsn);
        streamed.reached(endLsn);
        if (skipped) {
            beside.rest();
            return;
        }
        Lsn position = position();
        lastProcessed = position;
        update(position, null, ReplicationMessage.Operation.COMMIT);
        offset.updateCommitPosition(position, position);
        heartbeat();
        beside.rest();
        dispatcher.dispatchTransactionCommittedEvent(partition, offset, commitTime());
    }

    @Override
    public void relation(int relation, ByteBuffer message) throws SQLException, InterruptedException {
        relations.learn(relation, message);
        Relation known = relations.get(relation);
        if (known != null) {
            beside.learned(known.table(), Integer.toUnsignedLong(relation));
        }
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
        Lsn position = position();
        if (completes) {
            lastProcessed = position;
        }
        update(position, relation == null ? null : relation.table(), type);
        if (relation != null && transaction != null) {
            beside.change(relation.table(), transaction.id(), before, after);
        }
        RowChange change = relation == null ? null : new RowChange(relation, operation, before, after, completes);
        if (change == null || !sent(change, type)) {
            dispatcher.dispatchDataChangeEvent(
                    partition,
                    relation == null ? null : relation.table(),
                    new DebeziumEmitter(feed, operation, change));
        }
    }

    /**
     * Sends a change without Debezium's dispatcher, if that would do nothing else; false if it has to be asked. So it has for
     * a TRUNCATE of which more tables follow: the offset is another one then.
     */
    private boolean sent(RowChange change, ReplicationMessage.Operation type)
            throws SQLException, InterruptedException {
        if (transaction == null
                || !change.completes()
                || offset.getIncrementalSnapshotContext().snapshotRunning()) {
            return false;
        }
        ChangePoint point =
                new ChangePoint(transaction, lsn.getAsLong(), options.xmin().get(), type, origin);
        TableRecords records = change.relation().records(relation -> recordsOf(relation, point));
        if (records == null) {
            return false;
        }
        try {
            change.tell(new DirectTarget(
                    feed, dispatcher, lane, change.relation().table(), records, point, change.bytes()));
        } catch (RuntimeException e) {
            options.failures().eventFailed(offset.getOffset(), e);
        }
        if (dispatcher.heartbeatsEnabled()) {
            heartbeat();
        }
        return true;
    }

    private Optional<TableRecords> recordsOf(Relation relation, ChangePoint point) {
        if (!dispatcher.onlySends(relation.table())) {
            return Optional.empty();
        }
        TableSchema schema = relation.schema();
        return Envelopes.of(schema.getEnvelopeSchema().schema())
                .flatMap(envelopes -> SourceBlock.like(offset.getSourceInfo(), point)
                        .map(source -> new TableRecords(
                                partition.getSourcePartition(),
                                dispatcher.topic(relation.table()),
                                schema.keySchema(),
                                envelopes,
                                source,
                                dispatcher.context(),
                                options.commitTimestamps())));
    }

    @Override
    public void message(boolean transactional, long messageLsn, String prefix, byte[] content)
            throws SQLException, InterruptedException {
        if (transactional && progress.change()) {
            return;
        }
        progress.next(true, Operation.MESSAGE);
        Instant time = transactional ? commitTime() : null;
        Long id = transactional && transaction != null ? transaction.id() : null;
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
        origin = new ChangePoint.Origin(name, originLsn);
        offset.updateOrigin(name, Lsn.valueOf(originLsn));
    }

    /**
     * Nothing more has arrived: time for heartbeats, and for an incremental snapshot to go on.
     *
     * @param received the LSN up to which the server has sent everything
     */
    void idle(long received) throws InterruptedException {
        if (!progress.isInTransaction()) {
            streamed.reached(received);
            beside.rest();
        }
        dispatcher.dispatchHeartbeatEventAlsoToIncrementalSnapshot(partition, offset);
    }

    @SuppressWarnings("deprecation") // Debezium's own source calls it, and there is no other way
    private void heartbeat() throws InterruptedException {
        dispatcher.dispatchHeartbeatEvent(partition, offset);
    }

    private void update(Lsn position, @Nullable TableId table, ReplicationMessage.Operation type) throws SQLException {
        offset.updateWalPosition(
                position,
                lastProcessed,
                commitTime(),
                transaction == null ? null : transaction.id(),
                options.xmin().get(),
                table,
                type);
    }

    private @Nullable Instant commitTime() {
        return transaction == null ? null : transaction.commitTime();
    }

    private Lsn position() {
        return Lsn.valueOf(lsn.getAsLong());
    }
}
