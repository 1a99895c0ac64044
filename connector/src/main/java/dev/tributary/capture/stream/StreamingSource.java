// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import dev.tributary.record.Companion;
import dev.tributary.record.RecordLane;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.source.spi.StreamingChangeEventSource;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams: reads the slot, decodes, and hands each message to a {@link StreamDispatch}, on one thread and in order.
 *
 * <p>What Connect has stored as offset is acknowledged to the server. When everything that was sent is stored and no
 * transaction is open, what the server skipped because it had nothing to send is acknowledged, too, so a database that is
 * idle or filtered away holds no WAL back.
 */
public final class StreamingSource implements StreamingChangeEventSource<PostgresPartition, PostgresOffsetContext> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamingSource.class);

    /** How long the thread rests when nothing has arrived. */
    private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** How often the server is asked how far it is while somebody waits for it. */
    private static final long BETWEEN_QUESTIONS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final StreamSetup setup;
    private final ErrorHandler errors;
    private @Nullable PostgresOffsetContext offset;
    private long askedNanos = System.nanoTime();
    private volatile @Nullable ReplicationReader reader;
    private volatile @Nullable StreamProgress progress;

    public StreamingSource(StreamSetup setup, ErrorHandler errors) {
        this.setup = setup;
        this.errors = errors;
    }

    /** A stored offset can be of a row that an ad hoc snapshot read; that snapshot is not running any more. */
    @Override
    public void init(@Nullable PostgresOffsetContext stored) {
        if (stored != null) {
            stored.postSnapshotCompletion();
        }
        offset = setup.initialOffset(stored);
    }

    @Override
    public void execute(
            ChangeEventSourceContext context, PostgresPartition partition, @Nullable PostgresOffsetContext ignored)
            throws InterruptedException {
        try {
            PostgresOffsetContext current = Objects.requireNonNull(offset, "initialised");
            Position resumed = setup.resumeFrom(current);
            LOG.info("Streaming slot {} from {}", setup.config().slotName(), resumed);
            stream(context, partition, current, resumed);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            errors.setProducerThrowable(e);
        }
    }

    private void stream(
            ChangeEventSourceContext context,
            PostgresPartition partition,
            PostgresOffsetContext current,
            Position resumed)
            throws SQLException, InterruptedException {
        Companion beside = setup.companion();
        StreamProgress sent = setup.progress(resumed, beside);
        try (ReplicationReader opened = setup.open(resumed);
                StatusTicker ticker =
                        StatusTicker.start(opened, setup.transport().statusIntervalMillis());
                RecordLane lane = setup.lanes().open(sent)) {
            progress = sent;
            reader = opened;
            beside.begin(new LaneOutlet(sent, current, lane));
            read(context, setup.dispatch(partition, current, sent, opened, lane, beside), opened, lane);
        } finally {
            reader = null;
        }
    }

    private void read(
            ChangeEventSourceContext context, StreamDispatch dispatch, ReplicationReader opened, RecordLane lane)
            throws SQLException, InterruptedException {
        PgOutputDecoder decoder = new PgOutputDecoder(dispatch);
        while (context.isRunning()) {
            ByteBuffer message = opened.read();
            if (message == null) {
                dispatch.idle(opened.receivedUpTo().value());
                lane.flush();
                askIfAwaited(opened);
                LockSupport.parkNanos(REST_NANOS);
            } else {
                decoder.decode(message, opened.lsn());
                lane.flushIfDue(opened.lastHeardNanos());
            }
            if (context.isPaused()) {
                LOG.info("Streaming pauses for a blocking snapshot");
                lane.flush();
                setup.companion().interrupted();
                context.streamingPaused();
                context.waitSnapshotCompletion();
                LOG.info("Streaming goes on");
            }
        }
    }

    /** The server says how far it is when it is asked; by itself it does so after seconds. */
    private void askIfAwaited(ReplicationReader opened) throws SQLException {
        long now = System.nanoTime();
        if (setup.companion().isWaiting() && now - askedNanos >= BETWEEN_QUESTIONS_NANOS) {
            askedNanos = now;
            opened.ask();
        }
    }

    @Override
    public void commitOffset(Map<String, ?> partition, Map<String, ?> stored) {
        ReplicationReader opened = reader;
        StreamProgress sent = progress;
        StoredOffset offset = new StoredOffset(stored);
        if (opened == null || sent == null || !setup.acknowledges() || offset.isOfUnfinishedSnapshot()) {
            return;
        }
        // Read before it is asked whether anything is on its way: what arrives in between must not be acknowledged.
        Lsn received = opened.receivedUpTo();
        offset.committed().ifPresent(opened::acknowledge);
        if (setup.acknowledgesIdle() && !sent.isInTransaction() && sent.isSettled(stored)) {
            opened.acknowledge(received);
        }
    }

    @Override
    public @Nullable PostgresOffsetContext getOffsetContext() {
        return offset;
    }
}
