// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.BlockRange;
import dev.tributary.capture.snapshot.RowCopy;
import dev.tributary.capture.snapshot.TableSource;
import dev.tributary.failure.ShownText;
import dev.tributary.position.Lsn;
import dev.tributary.position.ServerSnapshot;
import dev.tributary.postgres.ReadingSession;
import dev.tributary.row.RowImage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that are too large to be kept in memory together and cannot be read in smaller pieces: a SELECT of the
 * user's, a table that is no heap, a block whose rows have large values. A thread of its own reads, and waits while a
 * few megabytes are unsent; the stream continues meanwhile.
 */
final class LongRead implements AutoCloseable {

    /** As much waits to be sent; a single row may be larger. */
    private static final long UNSENT_BYTES = 4L << 20;

    private final ReadingSession session;
    private final ServerSnapshot moment;
    private final Lsn end;
    private final TableSource source;
    private final @Nullable BlockRange range;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<RowImage> unsent = new ArrayList<>();
    private long unsentBytes;
    private boolean ended;
    private boolean closed;
    private @Nullable SQLException failure;

    /**
     * @param session sees the moment; this closes it
     * @param moment the transactions that the moment sees
     * @param end the commit record of each of these is before this position
     * @param range the blocks that are complete with the last row
     */
    private LongRead(
            ReadingSession session, ServerSnapshot moment, Lsn end, TableSource source, @Nullable BlockRange range) {
        this.session = session;
        this.moment = moment;
        this.end = end;
        this.source = source;
        this.range = range;
    }

    /** Begins to read. */
    static LongRead start(
            ReadingSession session,
            ServerSnapshot moment,
            Lsn end,
            TableSource source,
            @Nullable BlockRange range,
            String select) {
        LongRead read = new LongRead(session, moment, end, source, range);
        Thread thread = new Thread(() -> read.run(select), "tributary-backfill");
        thread.setDaemon(true);
        thread.start();
        return read;
    }

    private void run(String select) {
        SQLException problem = null;
        try (session) {
            RowCopy.read(session.connection(), source, select, Long.MAX_VALUE, this::add, session::abandon);
        } catch (SQLException e) {
            problem = e;
        } catch (InterruptedException e) {
            problem = new SQLException("The reading was given up", e);
        } catch (RuntimeException e) {
            problem = new SQLException(ShownText.of(e), e);
        }
        lock.lock();
        try {
            failure = problem;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(RowImage row) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unsentBytes >= UNSENT_BYTES && !closed) {
                changed.await();
            }
            if (closed) {
                throw new InterruptedException("The reading was given up");
            }
            unsent.add(row);
            unsentBytes += row.bytesSent();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The position after everything that the moment sees. */
    Lsn end() {
        return end;
    }

    TableSource source() {
        return source;
    }

    @Nullable
    BlockRange range() {
        return range;
    }

    /** Whether the moment sees a transaction for certain: its changes go before the rows. */
    boolean sees(long transaction) {
        return moment.isSureOf(transaction) && moment.sees(transaction);
    }

    /**
     * Removes and returns the rows that have been read and not sent.
     *
     * @param waits whether to wait for a row if there is none; the answer is empty only after the last one then
     * @throws SQLException if reading failed
     */
    List<RowImage> take(boolean waits) throws SQLException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waits && unsent.isEmpty() && !ended) {
                changed.await();
            }
            if (failure != null) {
                throw failure;
            }
            List<RowImage> taken = unsent;
            unsent = new ArrayList<>();
            unsentBytes = 0;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all rows have been read and taken. */
    boolean isComplete() {
        lock.lock();
        try {
            return ended && failure == null && unsent.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what has not been read. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        session.abort();
    }
}
