// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.position.Position;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.StoredOffset;
import dev.tributary.replication.PgOutputDecoder;
import dev.tributary.replication.ReplicationReader;
import dev.tributary.replication.StatusTicker;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.source.spi.StreamingChangeEventSource;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams: reads the slot, decodes, and passes each message to a {@link StreamDispatch}, on one thread and in order.
 *
 * <p>What Connect is done with is acknowledged to the server, see {@link Acknowledgement}, so a database that is idle
 * or filtered out holds no WAL back.
 */
public final class StreamingSource implements StreamingChangeEventSource<PostgresPartition, PostgresOffsetContext> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamingSource.class);

    /** How long the thread rests if nothing has arrived. */
    private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** How often the server is asked for its position while the interleaved source waits for it. */
    private static final long BETWEEN_REQUESTS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final StreamSetup setup;
    private final ErrorHandler errors;
    private @Nullable PostgresOffsetContext offset;
    private boolean afterSnapshot = true;
    private long requestedNanos = System.nanoTime();
    private volatile @Nullable Acknowledgement acknowledgement;

    public StreamingSource(StreamSetup setup, ErrorHandler errors) {
        this.setup = setup;
        this.errors = errors;
    }

    /** The stored offset can be that of a row that an ad hoc snapshot read; that snapshot is no longer running. */
    @Override
    public void init(@Nullable PostgresOffsetContext stored) {
        if (stored != null) {
            // Some snapshot modes stream although an earlier run has not finished the first snapshot.
            afterSnapshot = !stored.isInitialSnapshotRunning();
            stored.postSnapshotCompletion();
        }
        offset = setup.initialOffset(stored);
    }

    @Override
    public void execute(
            ChangeEventSourceContext running, PostgresPartition partition, @Nullable PostgresOffsetContext ignored)
            throws InterruptedException {
        try {
            PostgresOffsetContext current = Objects.requireNonNull(offset, "initialised");
            Position resumed = setup.resumeFrom(current);
            LOG.info("Streaming slot {} from {}", setup.config().slotName(), resumed);
            setup.stream(
                    resumed,
                    from -> stream(running, setup.context(partition, current, from, setup.interleaved()), from));
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            errors.setProducerThrowable(e);
        }
    }

    private void stream(ChangeEventSourceContext running, StreamContext context, Position resumed)
            throws SQLException, InterruptedException {
        try (ReplicationReader reader = setup.open(resumed);
                StreamPositions shown =
                        StreamPositions.shown(reader, setup.parts().events().lag());
                StatusTicker ticker =
                        StatusTicker.start(reader, setup.transport().statusIntervalMillis());
                TimelineWatch timeline = setup.timelineWatch();
                RecordLane lane = setup.parts().lanes().open(context.stamp())) {
            Acknowledgement acknowledging = setup.acknowledgement(
                    reader, context, lane, new Acknowledgement.Begin(resumed.completed(), afterSnapshot));
            acknowledgement = acknowledging;
            setup.interleaved().start(new LaneOutlet(context, lane));
            setup.parts().notifications().streams(true);
            StreamDispatch dispatch = setup.dispatch(context, lane, setup.interleaved());
            read(running, dispatch, reader, context, lane, acknowledging, timeline);
            acknowledging.acknowledgeDelivered();
        } finally {
            setup.parts().notifications().streams(false);
            acknowledgement = null;
        }
    }

    private void read(
            ChangeEventSourceContext running,
            StreamDispatch dispatch,
            ReplicationReader reader,
            StreamContext context,
            RecordLane lane,
            Acknowledgement acknowledging,
            TimelineWatch timeline)
            throws SQLException, InterruptedException {
        PgOutputDecoder decoder = new PgOutputDecoder(dispatch);
        while (running.isRunning()) {
            ByteBuffer message = reader.read();
            if (message == null) {
                dispatch.idle(reader.receivedUpTo().value());
                setup.parts().notifications().send(context);
                lane.flush();
                acknowledging.handled(System.nanoTime());
                notice(timeline.changed(System.nanoTime()), acknowledging);
                requestPositionIfAwaited(reader);
                LockSupport.parkNanos(REST_NANOS);
            } else {
                decoder.decode(message, reader.lsn());
                setup.parts().notifications().send(context);
                lane.flushIfDue(reader.lastHeardNanos());
                acknowledging.handled(reader.lastHeardNanos());
                notice(timeline.changed(reader.lastHeardNanos()), acknowledging);
            }
            if (running.isPaused() && !lane.isWithinUnit()) {
                LOG.info("Streaming pauses for a blocking snapshot");
                lane.flush();
                setup.interleaved().invalidate();
                running.streamingPaused();
                running.waitSnapshotCompletion();
                LOG.info("Streaming continues after the blocking snapshot");
            }
        }
    }

    private void notice(Optional<ServerTimeline> changed, Acknowledgement acknowledging) {
        changed.ifPresent(server -> {
            LOG.info("The standby is on timeline {} now", server.timeline());
            acknowledging.serverChanged(server);
            setup.interleaved().serverChanged(server);
        });
    }

    /** The server reports its position when asked; by itself it does so only after seconds. */
    private void requestPositionIfAwaited(ReplicationReader reader) throws SQLException {
        long now = System.nanoTime();
        if (setup.interleaved().isWaiting() && now - requestedNanos >= BETWEEN_REQUESTS_NANOS) {
            requestedNanos = now;
            reader.requestPosition();
        }
    }

    @Override
    public void commitOffset(Map<String, ?> partition, Map<String, ?> stored) {
        Acknowledgement acknowledging = acknowledgement;
        if (acknowledging != null && !stored.isEmpty()) {
            acknowledging.stored(new StoredOffset(stored));
        }
    }

    @Override
    public @Nullable PostgresOffsetContext getOffsetContext() {
        return offset;
    }
}
