// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.replication.PgOutputHandler;
import dev.tributary.row.RowImage;
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
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns each message of the stream into events, with the offset and source block that Debezium would have at this
 * point, and leaves out what was sent before the restart.
 *
 * <p>A change goes to a {@link DirectTarget} if Debezium's dispatcher would only count and send it, and to the
 * dispatcher otherwise.
 */
final class StreamDispatch implements PgOutputHandler {

    private final StreamContext context;
    private final PostgresPartition partition;
    private final PostgresOffsetContext offset;
    private final StreamProgress progress;
    private final CaptureParts parts;
    private final ChangeDispatcher dispatcher;
    private final DirectRecords directRecords;
    private final StreamOptions streamOptions;
    private final TransactionBoundaries boundaries;
    private final LsnEvents lsnEvents;
    private final Relations relations;
    private final StreamedSoFar streamed;
    private final RecordLane lane;
    private final InterleavedSource interleaved;
    private @Nullable Lsn lastProcessed;
    private @Nullable Transaction transaction;
    private ChangePoint.@Nullable Origin origin;

    StreamDispatch(
            StreamContext context,
            CaptureParts parts,
            StreamOptions streamOptions,
            Relations relations,
            StreamedSoFar streamed,
            RecordLane lane,
            InterleavedSource interleaved) {
        this.context = context;
        this.partition = context.partition();
        this.offset = context.offset();
        this.progress = context.progress();
        this.parts = parts;
        this.dispatcher = parts.dispatcher();
        this.directRecords = new DirectRecords(partition, offset, dispatcher, parts.events());
        this.streamOptions = streamOptions;
        this.boundaries =
                new TransactionBoundaries(context, parts, streamOptions.transactionMetadata(), lane, interleaved);
        this.lsnEvents = new LsnEvents(offset);
        this.relations = relations;
        this.streamed = streamed;
        this.lane = lane;
        this.interleaved = interleaved;
        this.lastProcessed = offset.lastCompletelyProcessedLsn();
    }

    @Override
    public void begin(long lsn, long commitLsn, long commitMicros, long id) throws SQLException, InterruptedException {
        streamed.begun(id);
        Lsn previous = offset.lastCommitLsn();
        transaction = Transaction.of(id, commitLsn, commitMicros, previous == null ? null : previous.asLong());
        origin = null;
        if (progress.begin(commitLsn)) {
            return;
        }
        lane.begin(progress.isResumed() ? RecordLane.Unit.REST_OF_TRANSACTION : RecordLane.Unit.TRANSACTION);
        offset.clearOrigin();
        lsnEvents.reset();
        update(Lsn.valueOf(lsn), null, ReplicationMessage.Operation.BEGIN);
        boundaries.begin(transaction);
    }

    @Override
    public void commit(long lsn, long commitLsn, long endLsn) throws SQLException, InterruptedException {
        boolean skipped = progress.commit();
        streamed.reached(endLsn);
        if (skipped) {
            interleaved.betweenTransactions();
            return;
        }
        Lsn position = Lsn.valueOf(lsn);
        lastProcessed = position;
        lsnEvents.reset();
        update(position, null, ReplicationMessage.Operation.COMMIT);
        offset.updateCommitPosition(position, position);
        // A heartbeat's offset says that the transaction is complete, so it comes after the last event of it.
        boundaries.end(transaction);
        lane.end();
        heartbeat();
        interleaved.betweenTransactions();
    }

    @Override
    public void relation(long lsn, int relation, ByteBuffer message) throws SQLException, InterruptedException {
        Relation known = relations.learn(relation, message);
        long oid = Integer.toUnsignedLong(relation);
        if (known == null) {
            interleaved.relationElsewhere(oid);
        } else {
            interleaved.relation(known.table(), oid);
        }
    }

    @Override
    public void insert(long lsn, int relation, RowImage after) throws SQLException, InterruptedException {
        if (change(lsn, relation) instanceof Step.Send step) {
            send(lsn, step, relation, Operation.CREATE, ReplicationMessage.Operation.INSERT, null, after, true);
        }
    }

    @Override
    public void update(long lsn, int relation, @Nullable RowImage before, RowImage after)
            throws SQLException, InterruptedException {
        if (change(lsn, relation) instanceof Step.Send step) {
            send(lsn, step, relation, Operation.UPDATE, ReplicationMessage.Operation.UPDATE, before, after, true);
        }
    }

    @Override
    public void delete(long lsn, int relation, RowImage before) throws SQLException, InterruptedException {
        if (change(lsn, relation) instanceof Step.Send step) {
            send(lsn, step, relation, Operation.DELETE, ReplicationMessage.Operation.DELETE, before, null, true);
        }
    }

    private Step change(long lsn, int relation) {
        relations.changed(relation);
        Step step = progress.change(lsn);
        if (step instanceof Step.Skip) {
            lsnEvents.skipped(lsn);
        }
        return step;
    }

    @Override
    public void truncate(long lsn, int[] oids) throws SQLException, InterruptedException {
        relations.truncated();
        Step step = progress.change(lsn);
        if (!streamOptions.truncates()) {
            return;
        }
        int[] captured =
                Arrays.stream(oids).filter(oid -> relations.get(oid) != null).toArray();
        for (int i = 0; i < captured.length; i++) {
            boolean last = i == captured.length - 1;
            if (step instanceof Step.Send send) {
                send(
                        lsn,
                        send,
                        captured[i],
                        Operation.TRUNCATE,
                        ReplicationMessage.Operation.TRUNCATE,
                        null,
                        null,
                        last);
            } else {
                lsnEvents.skipped(lsn);
            }
        }
    }

    private void send(
            long lsn,
            Step.Send step,
            int oid,
            Operation operation,
            ReplicationMessage.Operation type,
            @Nullable RowImage before,
            @Nullable RowImage after,
            boolean completes)
            throws SQLException, InterruptedException {
        Relation relation = relations.get(oid, before, after);
        Lsn position = Lsn.valueOf(lsn);
        if (completes) {
            lastProcessed = position;
        }
        lsnEvents.sent(position);
        update(position, relation == null ? null : relation.table(), type);
        beginChange(step);
        if (relation != null && transaction != null) {
            interleaved.beforeChange(relation.table(), transaction.id(), before, after);
        }
        RowChange change = relation == null ? null : new RowChange(relation, operation, before, after, completes);
        if (change == null || !sendDirectly(lsn, step, change, type)) {
            dispatcher.dispatchDataChangeEvent(
                    partition,
                    relation == null ? null : relation.table(),
                    new DebeziumEmitter(context, operation, step, change));
        }
    }

    /**
     * Sends a change without Debezium's dispatcher, if the dispatcher would do nothing else; returns false if it is
     * needed. It is needed for a TRUNCATE that is followed by further tables, because the offset is another one then.
     */
    private boolean sendDirectly(long lsn, Step.Send step, RowChange change, ReplicationMessage.Operation type)
            throws SQLException, InterruptedException {
        if (transaction == null || !change.completes() || dispatcher.isSnapshotRunning(offset)) {
            return false;
        }
        ChangePoint point = new ChangePoint(
                transaction,
                lsn,
                offset.lsnEventsProcessed(),
                step,
                streamOptions.xmin().get(),
                type,
                origin);
        DirectTable table = change.relation().direct(relation -> directRecords.of(relation, point));
        if (table == null) {
            return false;
        }
        try {
            change.emit(new DirectTarget(
                    context,
                    dispatcher,
                    lane,
                    table,
                    parts.timestamps(),
                    point,
                    interleaved.offsetEntries(),
                    change.bytes()));
        } catch (RuntimeException e) {
            parts.failures().eventFailed(offset.getOffset(), e);
        }
        if (dispatcher.heartbeatsEnabled()) {
            heartbeat();
        }
        return true;
    }

    @Override
    public void message(long lsn, boolean transactional, long messageLsn, String prefix, byte[] content)
            throws SQLException, InterruptedException {
        Lsn position = Lsn.valueOf(lsn);
        Instant time = null;
        Long id = null;
        if (transactional) {
            if (!(progress.change(lsn) instanceof Step.Send step)) {
                return;
            }
            beginChange(step);
            context.stamp().expect(step, 1, true);
            time = commitTime();
            id = transaction == null ? null : transaction.id();
        } else {
            lsnEvents.reset();
        }
        lastProcessed = position;
        offset.updateWalPosition(
                position, lastProcessed, time, id, streamOptions.xmin().get(), ReplicationMessage.Operation.MESSAGE);
        if (!transactional) {
            offset.updateCommitPosition(position, lastProcessed);
        }
        dispatcher.dispatchLogicalDecodingMessage(
                partition,
                offset,
                System.currentTimeMillis(),
                new LogicalDecodingMessage(
                        ReplicationMessage.Operation.MESSAGE, time, id, transactional, prefix, content));
        if (!transactional) {
            // A heartbeat's offset claims the message, so it comes after it.
            heartbeat();
        }
    }

    @Override
    public void origin(long lsn, long originLsn, String name) {
        origin = new ChangePoint.Origin(name, originLsn);
        offset.updateOrigin(name, Lsn.valueOf(originLsn));
    }

    /**
     * No further message has arrived: heartbeats are due, and an incremental snapshot may continue.
     *
     * @param received the LSN up to which the server has sent everything
     */
    void idle(long received) throws InterruptedException {
        if (!progress.isInTransaction()) {
            streamed.reached(received);
            interleaved.betweenTransactions();
        }
        dispatcher.dispatchHeartbeatEventAlsoToIncrementalSnapshot(partition, offset);
    }

    private void beginChange(Step.Send step) {
        if (streamOptions.transactionMetadata()) {
            context.counts().beginChange(offset.getTransactionContext(), step);
        }
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
                streamOptions.xmin().get(),
                table,
                type);
    }

    private @Nullable Instant commitTime() {
        return transaction == null ? null : transaction.commitTime();
    }
}
