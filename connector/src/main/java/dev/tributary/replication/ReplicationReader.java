// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import dev.tributary.position.Lsn;
import dev.tributary.position.PostgresEpoch;
import dev.tributary.position.SlotMark;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a replication slot over the streaming replication protocol (<a
 * href="https://www.postgresql.org/docs/current/protocol-replication.html">protocol</a>) and reports back to the server
 * how much has been received and processed.
 *
 * <p>One thread reads. Other threads may call {@link #sendStatus()} and {@link #acknowledge} at the same time; the
 * driver serialises access to the connection. A server that does not answer a status message within six status
 * intervals counts as lost.
 */
public final class ReplicationReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationReader.class);

    private static final byte DATA = 'w';
    private static final byte KEEPALIVE = 'k';
    private static final int STATUS_LENGTH = 1 + 4 * Long.BYTES + 1;

    /** The position of a client that does not report what it has processed. */
    private static final long UNREPORTED = 0;

    /** How many status intervals the server may stay silent. */
    private static final int SILENT_INTERVALS = 6;

    private final Connection connection;
    private final CopyDual copy;
    private final long statusIntervalNanos;
    private final LongSupplier nanoTime;
    private volatile @Nullable SQLException broken;
    private volatile long acknowledged;
    private volatile long received;
    private volatile long lastHeardNanos;
    private volatile long reported;
    private long lastStatusNanos;
    private long lsn;

    /**
     * Whether the server has sent nothing since a status message asked for an answer, and when the first such asked.
     */
    private volatile boolean hasAsked;

    private volatile long askedNanos;

    /**
     * Starts to stream.
     *
     * @param connection a connection in replication mode; this reader closes it
     * @param command a complete {@code START_REPLICATION}
     * @param acknowledged everything up to this position has been processed
     * @param statusIntervalMillis the longest time between two status messages
     */
    ReplicationReader(Connection connection, String command, Lsn acknowledged, long statusIntervalMillis)
            throws SQLException {
        this(connection, command, acknowledged, statusIntervalMillis, System::nanoTime);
    }

    ReplicationReader(
            Connection connection, String command, Lsn acknowledged, long statusIntervalMillis, LongSupplier nanoTime)
            throws SQLException {
        this.connection = connection;
        this.statusIntervalNanos = TimeUnit.MILLISECONDS.toNanos(statusIntervalMillis);
        this.nanoTime = nanoTime;
        this.acknowledged = acknowledged.value();
        this.received = acknowledged.value();
        this.reported = acknowledged.value();
        this.lastHeardNanos = nanoTime.getAsLong();
        this.lastStatusNanos = lastHeardNanos;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command);
    }

    /**
     * Returns the next message of the output plugin, from the buffer's position on, or null if none has arrived.
     * {@link #lsn()} is its LSN. Keepalives are handled here: they are answered if the server asks for an answer.
     *
     * @throws SQLException if the connection has failed, or the server has been silent for too long
     */
    public @Nullable ByteBuffer read() throws SQLException {
        while (true) {
            byte[] bytes = readAvailable();
            long now = nanoTime.getAsLong();
            if (bytes == null) {
                sendStatusIfDue(now);
                return null;
            }
            lastHeardNanos = now;
            hasAsked = false;
            ByteBuffer message = ByteBuffer.wrap(bytes);
            switch (message.get()) {
                case DATA -> {
                    lsn = message.getLong();
                    message.getLong(); // the end of the server's WAL
                    message.getLong(); // the server's clock
                    advanceReceived(lsn);
                    sendStatusIfDue(now);
                    return message;
                }
                case KEEPALIVE -> {
                    advanceReceived(message.getLong());
                    message.getLong(); // the server's clock
                    if (message.get() != 0) {
                        answer();
                    }
                }
                default ->
                    throw new SQLException(
                            "The server sent a message that is not part of the replication protocol",
                            PSQLState.PROTOCOL_VIOLATION.getState());
            }
        }
    }

    /** Returns what the server has sent, or null if nothing has arrived; throws once the stream has ended. */
    private byte @Nullable [] readAvailable() throws SQLException {
        SQLException reason = broken;
        if (reason != null) {
            throw reason;
        }
        if (copy.isActive()) {
            byte[] bytes = copy.readFromCopy(false);
            if (bytes != null || copy.isActive()) {
                return bytes;
            }
        }
        throw ended();
    }

    private static SQLException ended() {
        return new SQLException("The server has ended the replication stream", PSQLState.CONNECTION_FAILURE.getState());
    }

    /** The LSN of the message that was read last. */
    public long lsn() {
        return lsn;
    }

    /** When the last message of the server arrived, by {@link System#nanoTime()}. */
    public long lastHeardNanos() {
        return lastHeardNanos;
    }

    /** The position up to which the server has sent everything, or skipped it because there was nothing to send. */
    public Lsn receivedUpTo() {
        return new Lsn(received);
    }

    /**
     * How long a server may stay silent before it counts as lost.
     *
     * @param statusIntervalMillis the longest time between two status messages
     */
    public static Duration longestSilence(long statusIntervalMillis) {
        return Duration.ofMillis(SILENT_INTERVALS * statusIntervalMillis);
    }

    /** The position that status messages report as processed, which can have a {@link SlotMark}. */
    public Lsn acknowledged() {
        return new Lsn(acknowledged);
    }

    /**
     * Lets the server release everything up to a position; takes effect with the next status message. Never moves back.
     */
    public synchronized void acknowledge(Lsn position) {
        if (position.isAfter(acknowledged())) {
            acknowledged = position.value();
        }
    }

    /** Asks the server for its position, in addition to the regular status by which its silence is measured. */
    public synchronized void requestPosition() throws SQLException {
        long regular = lastStatusNanos;
        sendStatus();
        lastStatusNanos = regular;
    }

    /** Sends a status message now and asks the server to answer it. */
    public void sendStatus() throws SQLException {
        sendStatus(acknowledged);
    }

    /**
     * Answers a keepalive. A server that shuts down asks until the client has processed all that it has sent. It never
     * sees the end of the WAL acknowledged if the position carries a {@link SlotMark}, but a client that reports no
     * processed position at all counts as soon as it has received everything, and the slot stays where it is.
     */
    private void answer() throws SQLException {
        boolean hasProcessedAll = SlotMark.isOnAny(acknowledged())
                && SlotMark.without(acknowledged()).equals(SlotMark.without(receivedUpTo()));
        sendStatus(hasProcessedAll ? UNREPORTED : acknowledged);
    }

    private synchronized void sendStatus(long flushed) throws SQLException {
        ByteBuffer status = ByteBuffer.allocate(STATUS_LENGTH);
        status.put((byte) 'r')
                .putLong(Long.compareUnsigned(received, flushed) > 0 ? received : flushed)
                .putLong(flushed)
                .putLong(flushed)
                .putLong(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - PostgresEpoch.MICROS)
                .put((byte) 1);
        lastStatusNanos = nanoTime.getAsLong();
        if (!hasAsked) {
            askedNanos = lastStatusNanos;
            hasAsked = true;
        }
        reported = flushed;
        try {
            copy.writeToCopy(status.array(), 0, STATUS_LENGTH);
            copy.flushCopy();
        } catch (SQLException e) {
            // The driver reports the server's reason only once, and the reading thread needs it.
            SQLException reason = isOfDriver(e) ? ended() : e;
            broken = broken == null ? reason : broken;
            throw broken;
        }
    }

    /** The other thread has seen the end of the stream, and the driver takes nothing any more. */
    private static boolean isOfDriver(SQLException e) {
        boolean isAnswer = e instanceof PSQLException failure && failure.getServerErrorMessage() != null;
        return !isAnswer && PSQLState.OBJECT_NOT_IN_STATE.getState().equals(e.getSQLState());
    }

    private void sendStatusIfDue(long now) throws SQLException {
        if (hasAsked && now - askedNanos > SILENT_INTERVALS * statusIntervalNanos) {
            throw new SQLException(
                    "The server has not answered for " + TimeUnit.NANOSECONDS.toSeconds(now - askedNanos) + " s",
                    PSQLState.CONNECTION_FAILURE.getState());
        }
        if (now - lastStatusNanos >= statusIntervalNanos) {
            sendStatus();
        }
    }

    private void advanceReceived(long position) {
        if (Long.compareUnsigned(position, received) > 0) {
            received = position;
        }
    }

    /** Ends the stream by closing the connection. The server notices at once, and gets to know the latest position. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (broken == null && reported != acknowledged && copy.isActive()) {
                reportLast();
            }
        }
    }

    /** If the connection is lost, the server keeps what it has not heard of, and sends it again. */
    private void reportLast() {
        try {
            sendStatus();
        } catch (SQLException e) {
            LOG.debug("The last position could not be reported", e);
        }
    }
}
