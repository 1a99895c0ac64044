// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.record.Companion;
import dev.tributary.record.RecordLane;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.source.spi.ChangeEventSource.ChangeEventSourceContext;
import io.debezium.relational.TableId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams up to a position and ends. Nothing is acknowledged: whatever interrupts it, the next run can read the same again.
 */
public final class CatchUpStream {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUpStream.class);

    /** How long the thread rests when nothing has arrived, before it asks the server how far it is. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final StreamSetup setup;

    public CatchUpStream(StreamSetup setup) {
        this.setup = setup;
    }

    /** Is told of each update that leaves out a column because it is large and did not change. */
    @FunctionalInterface
    public interface Incomplete {
        void updated(TableId table, RowImage row);
    }

    /**
     * Streams until every transaction has been sent whose commit record lies before a position.
     *
     * @param again whether to begin where the offset is, in place of where the slot stands
     * @param offset the stored offset; it is brought up to date
     * @param stamp changes each record before it is sent
     * @param incomplete is told of the updates that are read, those that had been sent before among them
     * @throws InterruptedException if the task is stopped before
     */
    public void until(
            Lsn position,
            boolean again,
            ChangeEventSourceContext context,
            PostgresPartition partition,
            PostgresOffsetContext offset,
            UnaryOperator<SourceRecord> stamp,
            Incomplete incomplete)
            throws SQLException, InterruptedException {
        Position resumed = setup.resumeFrom(offset);
        LOG.info("Streaming slot {} from {} to {}", setup.config().slotName(), resumed, position);
        StreamProgress sent = setup.progress(resumed, Companion.NONE);
        try (ReplicationReader reader =
                        setup.openWithoutAcknowledging(again ? Optional.of(resumed) : Optional.empty());
                StatusTicker ticker =
                        StatusTicker.start(reader, setup.transport().statusIntervalMillis());
                RecordLane lane = new StampingLane(setup.lanes().open(new StampingLane.Stamps(sent, stamp)), stamp)) {
            StreamDispatch dispatch = setup.dispatch(partition, offset, sent, reader, lane, Companion.NONE);
            StreamEnd end = new StreamEnd(dispatch, position, setup.schema()::tableFor, incomplete);
            PgOutputDecoder decoder = new PgOutputDecoder(end);
            while (!end.isReached() && (sent.isInTransaction() || position.isAfter(reader.receivedUpTo()))) {
                if (!context.isRunning()) {
                    throw new InterruptedException("Stopped while streaming up to the snapshot");
                }
                ByteBuffer message = reader.read();
                if (message == null) {
                    lane.flush();
                    reader.tellStatus();
                    LockSupport.parkNanos(REST_NANOS);
                } else {
                    decoder.decode(message, reader.lsn());
                }
            }
            lane.flush();
        }
    }
}
