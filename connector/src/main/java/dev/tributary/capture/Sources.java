// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.backfill.Appearances;
import dev.tributary.capture.backfill.Backfill;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.stream.CaptureParts;
import dev.tributary.capture.stream.EarlyRecords;
import dev.tributary.capture.stream.StreamSetup;
import dev.tributary.config.CapturePath;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.NewTables;
import dev.tributary.handover.ArrivalQueue;
import dev.tributary.handover.Grouping;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.postgres.ConnectionTarget;
import io.debezium.connector.postgresql.PostgresChangeEventSourceFactory;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.spi.snapshot.Snapshotter;

/**
 * Chooses who reads rows and who reads the WAL, and puts our sources together.
 *
 * @param options the options of the connector
 * @param target the database
 * @param connections Debezium's connections
 * @param debezium the parts of Debezium's sources
 * @param parts the parts of ours
 * @param arrivals where records go
 * @param appearances announces tables that are published while the connector streams
 * @param open the parts that the run must close
 */
record Sources(
        ConnectorConfig options,
        ConnectionTarget target,
        Connections connections,
        DebeziumSourceParts debezium,
        CaptureParts parts,
        ArrivalQueue arrivals,
        Appearances appearances,
        OpenParts open) {

    /** The readers of a snapshot keep whole chunks: in as many parts of a Kafka transaction's bytes, or more. */
    private static final int LEAST_SHARES = 4;

    /** How much more memory the smallest rows need as records than in their table. */
    private static final int ROW_OVERHEAD = 16;

    PostgresChangeEventSourceFactory factory(PostgresPartition partition) {
        Snapshotter snapshotter = debezium.snapshots().getSnapshotter();
        // A custom snapshotter may want the stream up to the snapshot first; only Debezium's source knows where to
        // stop.
        boolean streamsBeforeSnapshot = !snapshotter.shouldStreamEventsStartingFromSnapshot();
        if (options.capturePath() == CapturePath.DEBEZIUM || streamsBeforeSnapshot) {
            return debezium.debeziumsFactory();
        }
        int readers = debezium.config().snapshotReaders();
        Grouping grouping = arrivals.grouping();
        long kept = grouping == null ? 0 : grouping.unitBytes() / Math.max(LEAST_SHARES, readers);
        SnapshotSetup snapshot = new SnapshotSetup(
                parts,
                target,
                connections.main(),
                debezium.snapshots(),
                debezium.slot(),
                readers,
                grouping == null
                        ? options.snapshotChunkBytes()
                        : Math.min(options.snapshotChunkBytes(), kept / ROW_OVERHEAD + 1),
                kept);
        ReplicationConnection slot = debezium.slot().connection();
        StreamSetup stream = slot == null ? null : stream(snapshot, slot, partition, snapshotter);
        return new SourceFactory(debezium, snapshot, stream);
    }

    private StreamSetup stream(
            SnapshotSetup snapshot, ReplicationConnection slot, PostgresPartition partition, Snapshotter snapshotter) {
        StreamedSoFar streamed = new StreamedSoFar();
        Backfill backfill = open.add(Backfill.of(
                snapshot,
                partition,
                streamed,
                connections.lookups(),
                options.newTables() == NewTables.BACKFILL && readsOnce(snapshotter),
                options.backfillChunkBytes(),
                appearances));
        arrivals.completeEarlyRecords(new EarlyRecords(parts.stored(), backfill::offsetEntries));
        return new StreamSetup(
                parts,
                debezium.config().transport(target, options.applicationName().text()),
                connections.lookups(),
                slot,
                streamed,
                backfill,
                options.acknowledgesDelivered());
    }

    /**
     * Whether tables are read at the first start only. If every start reads all tables, there is nothing to backfill.
     */
    private static boolean readsOnce(Snapshotter snapshotter) {
        return snapshotter.shouldSnapshotData(false, false) && !snapshotter.shouldSnapshotData(true, false);
    }
}
