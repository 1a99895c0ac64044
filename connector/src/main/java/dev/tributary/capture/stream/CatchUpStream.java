// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.replication.PgOutputDecoder;
import dev.tributary.replication.ReplicationReader;
import dev.tributary.replication.StatusTicker;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.source.spi.ChangeEventSource.ChangeEventSourceContext;
import io.debezium.relational.TableId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams up to a position and ends there: brings an interrupted snapshot up to date. Acknowledges nothing, so whatever
 * interrupts it, the next run can read the same changes again.
 */
public final class CatchUpStream {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUpStream.class);

    /** How long the thread rests if nothing has arrived, before it asks the server for its position. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final StreamSetup setup;

    public CatchUpStream(StreamSetup setup) {
        this.setup = setup;
    }

    /**
     * Streams until every transaction has been sent whose commit record is before a position.
     *
     * @param again whether to begin at the offset, instead of where the slot is
     * @param offset the stored offset; it is updated
     * @param unfinished the keys of the offset that describe the unfinished snapshot; each record gets them. Other
     *     threads may read it; if the server goes over to another timeline, it is updated
     * @param watch is notified of the tables and of the incomplete updates that are read, of the latter also of those
     *     sent before the restart
     * @throws InterruptedException if the task is stopped before the position is reached
     */
    public void until(
            Lsn position,
            boolean again,
            ChangeEventSourceContext running,
            PostgresPartition partition,
            PostgresOffsetContext offset,
            Map<String, Object> unfinished,
            CatchUpWatch watch)
            throws SQLException, InterruptedException {
        Position resumed = setup.resumeFrom(offset);
        LOG.info("Streaming slot {} from {} to {}", setup.config().slotName(), resumed, position);
        setup.stream(resumed, from -> {
            StreamContext context = setup.context(partition, offset, from, InterleavedSource.NONE);
            until(position, again ? Optional.of(from) : Optional.empty(), running, context, unfinished, watch);
        });
    }

    private void until(
            Lsn position,
            Optional<Position> from,
            ChangeEventSourceContext running,
            StreamContext context,
            Map<String, Object> unfinished,
            CatchUpWatch watch)
            throws SQLException, InterruptedException {
        StreamProgress progress = context.progress();
        try (ReplicationReader reader = setup.openWithoutAcknowledging(from);
                StatusTicker ticker =
                        StatusTicker.start(reader, setup.transport().statusIntervalMillis());
                TimelineWatch timeline = setup.timelineWatch();
                RecordLane lane = UnfinishedLane.open(setup.parts().lanes(), context.stamp(), unfinished)) {
            StreamDispatch dispatch = setup.dispatch(context, lane, new Described(progress, watch));
            StreamEnd end = new StreamEnd(dispatch, position, setup.parts().schema()::tableFor, watch);
            PgOutputDecoder decoder = new PgOutputDecoder(end);
            while (!end.isReached() && (progress.isInTransaction() || position.isAfter(reader.receivedUpTo()))) {
                if (!running.isRunning()) {
                    throw new InterruptedException("Stopped while streaming up to the snapshot");
                }
                timeline.changed(System.nanoTime()).ifPresent(server -> unfinished.putAll(server.offsetEntries()));
                ByteBuffer message = reader.read();
                if (message == null) {
                    lane.flush();
                    reader.sendStatus();
                    LockSupport.parkNanos(REST_NANOS);
                } else {
                    decoder.decode(message, reader.lsn());
                }
            }
            lane.flush();
        }
    }

    /** Passes on how the stream describes tables. */
    private static final class Described extends SilentSource {

        private final StreamProgress progress;
        private final CatchUpWatch watch;

        Described(StreamProgress progress, CatchUpWatch watch) {
            this.progress = progress;
            this.watch = watch;
        }

        @Override
        public void relation(TableId table, long oid) {
            described(table, oid);
        }

        @Override
        public void relationElsewhere(long oid) {
            described(null, oid);
        }

        private void described(@Nullable TableId table, long oid) {
            if (!progress.isSkipping()) {
                watch.described(table, oid);
            }
        }
    }
}
