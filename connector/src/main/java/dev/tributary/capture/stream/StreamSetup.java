// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.failure.CaptureFailedException;
import dev.tributary.handover.RecordLane;
import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.SlotMark;
import dev.tributary.position.StoredOffset;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.replication.ReplicationReader;
import dev.tributary.replication.StartReplication;
import dev.tributary.replication.Walsender;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorConfig.LsnFlushMode;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.MessageDecoderContext;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputMessageDecoder;
import io.debezium.connector.postgresql.spi.SlotState;
import io.debezium.data.Envelope.Operation;
import io.debezium.util.Clock;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a {@link StreamingSource}, and how they are put together at the moment streaming starts.
 *
 * @param parts what every source of the task works with
 * @param transport how the server is reached
 * @param catalog a connection in autocommit, for look-ups while streaming. Each look-up is a transaction of its own: an
 *     open one would keep locks until its session ends, and on the connection of the snapshots it would mix with
 *     theirs, which may have begun on another thread
 * @param slot Debezium's replication connection: it prepares the slot, and drops it at the end if configured
 * @param streamed publishes how far the stream has come
 * @param interleaved sends records of its own between those of the stream
 * @param acknowledgesDelivered whether the slot may move past the stored offset, once Connect is done with all records
 */
public record StreamSetup(
        CaptureParts parts,
        Transport transport,
        LookupConnection catalog,
        ReplicationConnection slot,
        StreamedSoFar streamed,
        InterleavedSource interleaved,
        boolean acknowledgesDelivered) {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSetup.class);

    private static final Lsn NOWHERE = new Lsn(0);

    PostgresConnectorConfig config() {
        return parts.config();
    }

    PostgresOffsetContext initialOffset(@Nullable PostgresOffsetContext known) {
        PostgresOffsetContext offset = known == null ? offsetOfSlot() : known;
        parts.schema().refreshAll(catalog);
        return offset;
    }

    /**
     * The offset without a stored one and without a snapshot: the position of the slot, regardless of its origin. The
     * server's current position would leave out what was written since.
     */
    private PostgresOffsetContext offsetOfSlot() {
        try {
            SlotState state = catalog.getReplicationSlotState(
                    config().slotName(), config().plugin().getPostgresPluginName());
            return PostgresOffsetContext.initialContext(
                    config(), catalog, Clock.system(), null, state == null ? null : state.slotLastFlushedLsn());
        } catch (SQLException e) {
            throw new DebeziumException("Replication slot " + config().slotName() + " cannot be looked up", e);
        }
    }

    /** The position to resume from: exact, if the stored offset is ours and no snapshot has been taken since. */
    Position resumeFrom(PostgresOffsetContext offset) {
        Lsn completed = new Lsn(start(offset).asLong());
        return parts.stored()
                .flatMap(Position::of)
                .filter(position -> position.completed().equals(completed))
                .orElse(Position.after(completed));
    }

    /** Something that streams. */
    @FunctionalInterface
    interface Streaming {
        void from(Position position) throws SQLException, InterruptedException;
    }

    /**
     * Streams from a position. If the transaction that was sent in part has other changes now, it is sent again in
     * whole.
     */
    void stream(Position resumed, Streaming streaming) throws SQLException, InterruptedException {
        try {
            streaming.from(resumed);
        } catch (OtherTransactionException e) {
            LOG.warn("{}. It is sent again from its beginning.", e.getMessage());
            streaming.from(Position.after(resumed.completed()));
        }
    }

    private static io.debezium.connector.postgresql.connection.Lsn start(PostgresOffsetContext offset) {
        if (offset.lastCommitLsn() != null) {
            return offset.lastCommitLsn();
        }
        return offset.lastCompletelyProcessedLsn() != null
                ? offset.lastCompletelyProcessedLsn()
                : offset.asOffsetState().lastSeenLsn();
    }

    /** @param source whose offset entries each record gets */
    StreamContext context(
            PostgresPartition partition, PostgresOffsetContext offset, Position resumed, InterleavedSource source) {
        StreamProgress progress = new StreamProgress(Optional.of(resumed));
        TransactionCounts counts = new TransactionCounts(parts.stored()
                .filter(stored -> Position.of(stored).filter(resumed::equals).isPresent())
                .map(StoredOffset::values)
                .orElse(Map.of()));
        return new StreamContext(
                partition,
                offset,
                progress,
                counts,
                new StreamStamp(progress, counts, source::offsetEntries),
                config().isEmitTombstoneOnDelete(),
                config().getSkippedOperations(),
                config().skipMessagesWithoutChange());
    }

    StreamDispatch dispatch(StreamContext context, RecordLane lane, InterleavedSource source) {
        Relations relations = new Relations(
                new PgOutputMessageDecoder(new MessageDecoderContext(config(), parts.schema()), catalog),
                catalog,
                parts.schema(),
                parts.compiler());
        boolean truncates = !config().getSkippedOperations().contains(Operation.TRUNCATE);
        StreamOptions streamOptions = new StreamOptions(config().shouldProvideTransactionMetadata(), truncates, xmin());
        return new StreamDispatch(context, parts, streamOptions, relations, streamed, lane, source);
    }

    private StreamOptions.Xmin xmin() {
        return transport.xminIntervalMillis() <= 0
                ? () -> null
                : new SlotXmin(catalog, config().slotName(), transport.xminIntervalMillis());
    }

    /** Opens the stream from a position. */
    ReplicationReader open(Position resumed) throws SQLException, InterruptedException {
        return open(resumed.completed(), acknowledgedAt(resumed.completed()));
    }

    /** What Connect has taken over but not stored is not acknowledged: the next task would read it again. */
    private Lsn acknowledgedAt(Lsn resumed) {
        Optional<StoredOffset> confirmed = parts.point().confirmed();
        if (confirmed.filter(StoredOffset::isOfUnfinishedSnapshot).isPresent()) {
            // The slot must keep all changes since the snapshot began.
            return NOWHERE;
        }
        return confirmed.equals(parts.stored())
                ? resumed
                : confirmed
                        .flatMap(StoredOffset::committed)
                        .map(position -> position.isAfter(resumed) ? resumed : position)
                        .orElse(NOWHERE);
    }

    /** Opens the stream from a position, or from the start of the slot, and leaves the slot where it is. */
    ReplicationReader openWithoutAcknowledging(Optional<Position> from) throws SQLException, InterruptedException {
        return open(from.map(Position::completed).orElse(NOWHERE), NOWHERE);
    }

    private ReplicationReader open(Lsn from, Lsn acknowledged) throws SQLException, InterruptedException {
        try (Walsender walsender = transport.connect()) {
            if (!walsender.hasSlot(config().slotName())) {
                // It existed when the task started. Debezium's connection would create a new one and hide the gap.
                throw CaptureFailedException.slotGone("Replication slot " + config().slotName()
                        + " was dropped while the task was running, and with it the changes made since the snapshot, or"
                        + " since the last record.");
            }
            ServerTimeline server = walsender.identify();
            if (!parts.point().server().map(server::isSame).orElse(true)) {
                throw new SQLException(
                        "The server has changed since the checks: it is " + server + " now",
                        PSQLState.CONNECTION_FAILURE.getState());
            }
            slot.initConnection();
            return walsender.stream(
                    new StartReplication(config().slotName(), config().publicationName(), transport.parameters()),
                    from,
                    acknowledged,
                    transport.statusIntervalMillis());
        }
    }

    /** Watches the timeline of a standby, with the timeouts of the look-ups. */
    TimelineWatch timelineWatch() throws SQLException {
        boolean isStandby =
                catalog.queryAndMap("SELECT pg_catalog.pg_is_in_recovery()", row -> row.next() && row.getBoolean(1));
        return new TimelineWatch(
                () -> transport.connect(catalog.config()),
                isStandby,
                parts.point().server());
    }

    Acknowledgement acknowledgement(
            ReplicationReader reader, StreamContext context, RecordLane lane, Acknowledgement.Begin begin) {
        Acknowledgement.Allowed allowed = config().getLsnFlushMode() == LsnFlushMode.MANUAL
                ? Acknowledgement.Allowed.NOTHING
                : acknowledgesDelivered ? Acknowledgement.Allowed.DELIVERED : Acknowledgement.Allowed.STORED;
        SlotMark mark = SlotMark.of(config().getLogicalName());
        return new Acknowledgement(reader, context, lane, allowed, parts.point(), begin, mark);
    }
}
