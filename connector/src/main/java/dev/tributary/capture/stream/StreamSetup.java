// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.record.Companion;
import dev.tributary.record.RecordLane;
import dev.tributary.row.CodecCompiler;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorConfig.LsnFlushMode;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.MessageDecoderContext;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputMessageDecoder;
import io.debezium.connector.postgresql.spi.SlotState;
import io.debezium.data.Envelope.Operation;
import io.debezium.jdbc.JdbcConfiguration;
import io.debezium.util.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link StreamingSource} is made of, and how its parts come into being at the moment streaming starts.
 *
 * @param config the connector's configuration
 * @param transport how the server is reached
 * @param catalog a connection in autocommit, for what is looked up while streaming. Each look-up is a transaction of its own:
 *     one left open would keep locks until the server ends its session, and on the connection of the snapshots it would
 *     mix with theirs, which may have begun on another thread
 * @param replication Debezium's replication connection: it makes ready the slot, and drops it at the end if it is asked to
 * @param schema Debezium's schema of the captured tables
 * @param dispatcher where events go
 * @param compiler compiles the codecs
 * @param stored the offset that Connect has stored, if it counts
 * @param lanes opens the way out of the thread that streams
 * @param streamed is told how far the stream has come
 * @param companion sends records of its own between those of the stream
 * @param refreshSchema reads the captured tables from the catalog
 * @param commitTimestamps whether the record timestamp is the time of the commit: {@code record.timestamp}
 * @param acknowledgesIdle whether the server may forget what it skipped because there was nothing to send
 */
public record StreamSetup(
        PostgresConnectorConfig config,
        Transport transport,
        PostgresConnection catalog,
        ReplicationConnection replication,
        PostgresSchema schema,
        ChangeDispatcher dispatcher,
        CodecCompiler compiler,
        Optional<StoredOffset> stored,
        RecordLane.Opener lanes,
        StreamedSoFar streamed,
        Companion companion,
        Runnable refreshSchema,
        boolean commitTimestamps,
        boolean acknowledgesIdle) {

    private static final Lsn NOWHERE = new Lsn(0);

    /**
     * How the server is reached.
     *
     * @param jdbc host, port, database, role, TLS
     * @param statusIntervalMillis {@code status.update.interval.ms}
     * @param parameters {@code slot.stream.params}: further options of the output plugin
     * @param xminIntervalMillis {@code xmin.fetch.interval.ms}
     */
    public record Transport(
            JdbcConfiguration jdbc,
            long statusIntervalMillis,
            Map<String, String> parameters,
            long xminIntervalMillis) {

        /** The settings of a session that the codecs rely on, whatever those of the database and the role are. */
        public static final String NOTATION =
                "SET intervalstyle = 'postgres';SET bytea_output = 'hex';SET extra_float_digits = 3;";

        /** The same for the stream, whose rows are compared as text with rows that are read elsewhere. */
        private static final String OF_STREAM = NOTATION + "SET TimeZone = 'UTC';";
    }

    PostgresOffsetContext initialOffset(@Nullable PostgresOffsetContext known) {
        PostgresOffsetContext offset = known == null ? fromSlot() : known;
        refreshSchema.run();
        return offset;
    }

    /**
     * The offset that there is without a stored one and without a snapshot: where the slot stands, whoever made it and
     * whenever. The server's position of this moment would leave out what was written since.
     */
    private PostgresOffsetContext fromSlot() {
        try {
            SlotState slot = catalog.getReplicationSlotState(
                    config.slotName(), config.plugin().getPostgresPluginName());
            return PostgresOffsetContext.initialContext(
                    config, catalog, Clock.system(), null, slot == null ? null : slot.slotLastFlushedLsn());
        } catch (SQLException e) {
            throw new DebeziumException("Replication slot " + config.slotName() + " cannot be looked up", e);
        }
    }

    /** From where streaming goes on: exactly, if the stored offset is ours and no snapshot has been taken since. */
    Position resumeFrom(PostgresOffsetContext offset) {
        Lsn completed = new Lsn(start(offset).asLong());
        return stored.flatMap(Position::of)
                .filter(position -> position.completed().equals(completed))
                .orElse(Position.after(completed));
    }

    private static io.debezium.connector.postgresql.connection.Lsn start(PostgresOffsetContext offset) {
        if (offset.lastCommitLsn() != null) {
            return offset.lastCommitLsn();
        }
        return offset.lastCompletelyProcessedLsn() != null
                ? offset.lastCompletelyProcessedLsn()
                : offset.asOffsetState().lastSeenLsn();
    }

    StreamProgress progress(Position resumed, Companion beside) {
        StreamProgress progress =
                new StreamProgress(Optional.of(resumed), config.isEmitTombstoneOnDelete(), beside::note);
        stored.map(StoredOffset::values).ifPresent(progress::countedBefore);
        return progress;
    }

    ReplicationReader open(Position resumed) throws SQLException, InterruptedException {
        // While only a part of a snapshot is stored, the slot has to keep what was changed since that began.
        boolean unfinished = stored.filter(StoredOffset::isOfUnfinishedSnapshot).isPresent();
        return open(resumed.completed(), unfinished ? NOWHERE : resumed.completed());
    }

    /** Reads from a position on, or everything that the slot still has; the slot stays where it is. */
    ReplicationReader openWithoutAcknowledging(Optional<Position> from) throws SQLException, InterruptedException {
        return open(from.map(Position::completed).orElse(NOWHERE), NOWHERE);
    }

    private ReplicationReader open(Lsn start, Lsn acknowledged) throws SQLException, InterruptedException {
        requireSlot();
        replication.initConnection();
        JdbcConfiguration walsender = JdbcConfiguration.adapt(transport
                .jdbc()
                .edit()
                .with("replication", "database")
                .with("preferQueryMode", "simple")
                .build());
        Connection opened = new PostgresConnection(walsender, "Tributary streaming").connection(false);
        try {
            try (Statement settings = opened.createStatement()) {
                settings.execute(Transport.OF_STREAM);
            }
            return new ReplicationReader(
                    opened,
                    new StartReplication(config.slotName(), config.publicationName(), transport.parameters())
                            .from(start),
                    acknowledged,
                    transport.statusIntervalMillis());
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    /** It was there when the task was started. Debezium's connection would make a new one, and what lies between would be gone. */
    private void requireSlot() throws SQLException {
        if (catalog.getReplicationSlotState(config.slotName(), config.plugin().getPostgresPluginName()) == null) {
            throw new DebeziumException("Replication slot " + config.slotName()
                    + " was dropped while the task was running. What has been changed since the snapshot, or since the"
                    + " last record, cannot be streamed any more");
        }
    }

    StreamDispatch dispatch(
            PostgresPartition partition,
            PostgresOffsetContext offset,
            StreamProgress progress,
            ReplicationReader reader,
            RecordLane lane,
            Companion beside) {
        boolean truncates = !config.getSkippedOperations().contains(Operation.TRUNCATE);
        Relations relations = new Relations(
                new PgOutputMessageDecoder(new MessageDecoderContext(config, schema), catalog),
                catalog,
                schema,
                compiler);
        return new StreamDispatch(
                new Feed(partition, offset, config.skipMessagesWithoutChange(), progress),
                dispatcher,
                progress,
                streamed,
                relations,
                reader::lsn,
                lane,
                beside,
                new StreamOptions(
                        config.shouldProvideTransactionMetadata() ? transactionCounts() : null,
                        commitTimestamps,
                        truncates,
                        new EventFailures(config.getEventProcessingFailureHandlingMode()),
                        xmin()));
    }

    private TransactionCounts transactionCounts() {
        return new TransactionCounts(stored.map(StoredOffset::values).orElse(Map.of()));
    }

    private StreamOptions.Xmin xmin() {
        return transport.xminIntervalMillis() <= 0
                ? () -> null
                : new SlotXmin(catalog, config.slotName(), transport.xminIntervalMillis());
    }

    /** Whether the server is to be told what it may forget: {@code lsn.flush.mode} other than {@code manual}. */
    boolean acknowledges() {
        return config.getLsnFlushMode() != LsnFlushMode.MANUAL;
    }
}
