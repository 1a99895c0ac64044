// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.position.ServerSnapshot;
import dev.tributary.position.StreamedSoFar;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;

/**
 * Decides when a chunk of an incremental snapshot may be read: once the server lets others see everything that was
 * streamed. Before that, the chunk could have a row as it was before a change whose event was sent already.
 *
 * <p>The server sends a transaction when its commit is on disk, and makes it visible afterwards: with a synchronous
 * standby, once that has it. Nothing is streamed while this waits, so each transaction that was streamed becomes
 * visible meanwhile, however many follow it. A standby that does not answer must not stop the stream, so this waits for
 * a tenth of the time at most.
 */
final class ChunkMoment {

    private static final long WAIT_NANOS = Duration.ofMillis(500).toNanos();
    private static final long BETWEEN_WAITS_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PAUSE_MILLIS = 2;

    private static final String LOST = PSQLState.CONNECTION_FAILURE.getState();
    private static final int NO_SESSION = 0;

    private final PostgresConnection connection;
    private final CaptureErrorHandler errors;
    private final StreamedSoFar streamed;

    /** The session that the last chunk began with. */
    private int session = NO_SESSION;

    private volatile @Nullable DebeziumException lost;

    private long lastWait = System.nanoTime() - BETWEEN_WAITS_NANOS;

    /**
     * @param connection on which the chunks are read
     * @param errors learns of a connection that is lost
     */
    ChunkMoment(PostgresConnection connection, CaptureErrorHandler errors, StreamedSoFar streamed) {
        this.connection = connection;
        this.errors = errors;
        this.streamed = streamed;
    }

    /** Whether a chunk may be read now; waits for half a second at most. */
    boolean hasCome() throws InterruptedException {
        long begin = System.nanoTime();
        boolean mayWait = begin - lastWait >= BETWEEN_WAITS_NANOS;
        while (!isAllSeen()) {
            if (!mayWait) {
                return false;
            }
            if (System.nanoTime() - begin >= WAIT_NANOS) {
                lastWait = System.nanoTime();
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        session = session();
        return true;
    }

    /** Reads a chunk. */
    @FunctionalInterface
    interface Reading {
        void run() throws InterruptedException;
    }

    /**
     * Reads a chunk after {@link #hasCome} was true. If the connection is lost meanwhile, this ends capturing, and the
     * next attempt reads the chunk again. Debezium takes that for a table that cannot be read, skips it, connects again
     * and continues.
     */
    void read(Reading reading) throws InterruptedException {
        try {
            reading.run();
        } catch (RuntimeException e) {
            assertSameSession();
            throw e;
        }
        assertSameSession();
    }

    private void assertSameSession() {
        if (session() != session) {
            DebeziumException failure = new DebeziumException(
                    new SQLException("it was lost while a chunk of an ad hoc snapshot was read", LOST));
            lost = failure;
            // A signal is processed on threads that only log what is thrown.
            errors.setProducerThrowable(failure);
            throw failure;
        }
    }

    /** Lets nothing more be sent after that: the offset would say that the snapshot has ended. */
    void assertNotLost() {
        DebeziumException failure = lost;
        if (failure != null) {
            throw failure;
        }
    }

    private int session() {
        try {
            return connection.isConnected()
                    ? connection.connection().unwrap(PGConnection.class).getBackendPID()
                    : NO_SESSION;
        } catch (SQLException e) {
            return NO_SESSION;
        }
    }

    private boolean isAllSeen() {
        try {
            String seen = connection.queryAndMap(ServerSnapshot.SQL, rows -> rows.next() ? rows.getString(1) : null);
            connection.commit();
            if (seen == null) {
                throw new DebeziumException("The server returned no row for " + ServerSnapshot.SQL);
            }
            return streamed.isSeenBy(ServerSnapshot.parse(seen));
        } catch (SQLException e) {
            throw new DebeziumException("The server does not report which transactions are visible", e);
        }
    }
}
