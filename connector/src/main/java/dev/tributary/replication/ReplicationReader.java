// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;
import org.postgresql.util.PSQLState;

/**
 * Reads a replication slot over the streaming replication protocol
 * (<a href="https://www.postgresql.org/docs/current/protocol-replication.html">protocol</a>), and tells the server how far
 * it has come.
 *
 * <p>One thread reads. {@link #tellStatus()} and {@link #acknowledge} may be called by another at the same time: the
 * driver's connection takes turns. A server that is silent although it was asked to answer is taken for gone.
 */
final class ReplicationReader implements AutoCloseable {

    private static final byte DATA = 'w';
    private static final byte KEEPALIVE = 'k';
    private static final int STATUS_LENGTH = 1 + 4 * Long.BYTES + 1;
    private static final long POSTGRES_EPOCH_MICROS = TimeUnit.DAYS.toMicros(10_957);

    /** How many status intervals the server may be silent. */
    private static final int SILENT_INTERVALS = 6;

    private final Connection connection;
    private final CopyDual copy;
    private final long statusIntervalNanos;
    private final LongSupplier nanoTime;
    private volatile @Nullable SQLException broken;
    private volatile long acknowledged;
    private volatile long received;
    private volatile long lastHeardNanos;
    private long lastStatusNanos;
    private long lsn;

    /**
     * Starts to stream.
     *
     * @param connection a connection in replication mode; closed with this reader
     * @param command a complete {@code START_REPLICATION}
     * @param start the position that everything up to has been processed
     * @param statusIntervalMillis how often the server is told the position, at least
     */
    ReplicationReader(Connection connection, String command, Lsn start, long statusIntervalMillis) throws SQLException {
        this(connection, command, start, statusIntervalMillis, System::nanoTime);
    }

    ReplicationReader(
            Connection connection, String command, Lsn start, long statusIntervalMillis, LongSupplier nanoTime)
            throws SQLException {
        this.connection = connection;
        this.statusIntervalNanos = TimeUnit.MILLISECONDS.toNanos(statusIntervalMillis);
        this.nanoTime = nanoTime;
        this.acknowledged = start.value();
        this.received = start.value();
        this.lastHeardNanos = nanoTime.getAsLong();
        this.lastStatusNanos = lastHeardNanos;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command);
    }

    /**
     * The next message of the output plugin, from the buffer's position on; null when none has arrived. {@link #lsn()} tells
     * where it stands.
     *
     * @throws SQLException if the connection has failed, or the server has been silent for too long
     */
    @Nullable
    ByteBuffer read() throws SQLException {
        while (true) {
            byte[] bytes = received();
            long now = nanoTime.getAsLong();
            if (bytes == null) {
                tellStatusIfDue(now);
                return null;
            }
            lastHeardNanos = now;
            ByteBuffer message = ByteBuffer.wrap(bytes);
            switch (message.get()) {
                case DATA -> {
                    lsn = message.getLong();
                    message.getLong(); // the end of the server's WAL
                    message.getLong(); // the server's clock
                    note(lsn);
                    tellStatusIfDue(now);
                    return message;
                }
                case KEEPALIVE -> {
                    note(message.getLong());
                    message.getLong(); // the server's clock
                    if (message.get() != 0) {
                        tellStatus();
                    }
                }
                default ->
                    throw new SQLException(
                            "A message that is no part of the replication protocol",
                            PSQLState.PROTOCOL_VIOLATION.getState());
            }
        }
    }

    /** What the server has sent; null when that is nothing, an exception when it cannot be anything any more. */
    private byte @Nullable [] received() throws SQLException {
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
        throw new SQLException("The server has ended the replication stream", PSQLState.CONNECTION_FAILURE.getState());
    }

    /** The LSN of the message that was read last. */
    long lsn() {
        return lsn;
    }

    /** When the server was heard last, as of the clock given. */
    long lastHeardNanos() {
        return lastHeardNanos;
    }

    /** How far the server has sent, or skipped because there was nothing to send. */
    Lsn receivedUpTo() {
        return new Lsn(received);
    }

    /** What the server has been told to be processed for good. */
    Lsn acknowledged() {
        return new Lsn(acknowledged);
    }

    /** Lets the server forget everything up to a position, with the next status; never goes back. */
    void acknowledge(Lsn position) {
        if (position.isAfter(acknowledged())) {
            acknowledged = position.value();
        }
    }

    /** Asks the server how far it is, beside the regular status: that is what its silence is judged by. */
    synchronized void ask() throws SQLException {
        long regular = lastStatusNanos;
        tellStatus();
        lastStatusNanos = regular;
    }

    /** Tells the server the positions now, and asks it to answer. */
    synchronized void tellStatus() throws SQLException {
        long flushed = acknowledged;
        ByteBuffer status = ByteBuffer.allocate(STATUS_LENGTH);
        status.put((byte) 'r')
                .putLong(Long.compareUnsigned(received, flushed) > 0 ? received : flushed)
                .putLong(flushed)
                .putLong(flushed)
                .putLong(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - POSTGRES_EPOCH_MICROS)
                .put((byte) 1);
        lastStatusNanos = nanoTime.getAsLong();
        try {
            copy.writeToCopy(status.array(), 0, STATUS_LENGTH);
            copy.flushCopy();
        } catch (SQLException e) {
            // Whoever reads has to know why: the driver tells the server's reason only once.
            broken = e;
            throw e;
        }
    }

    private void tellStatusIfDue(long now) throws SQLException {
        if (now - lastStatusNanos >= statusIntervalNanos) {
            if (now - lastHeardNanos > SILENT_INTERVALS * statusIntervalNanos) {
                throw new SQLException(
                        "The server has not answered for " + TimeUnit.NANOSECONDS.toSeconds(now - lastHeardNanos)
                                + " s",
                        PSQLState.CONNECTION_FAILURE.getState());
            }
            tellStatus();
        }
    }

    private void note(long position) {
        if (Long.compareUnsigned(position, received) > 0) {
            received = position;
        }
    }

    /** Ends the stream by closing the connection: the server notices at once, and nothing has to be waited for. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
