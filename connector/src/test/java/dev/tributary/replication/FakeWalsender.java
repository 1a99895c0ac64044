// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;

/**
 * The server's end of a replication connection: sends what a test queues, and keeps the status messages it receives.
 */
final class FakeWalsender {

    private final Deque<byte[]> messages = new ArrayDeque<>();
    private final List<Status> statuses = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private boolean ended;
    private boolean closed;
    private @Nullable SQLException refusal;

    /**
     * A status message of the client.
     *
     * @param written the position that it has received
     * @param flushed the position that it has processed
     * @param applied the same
     * @param asksForReply whether the server must answer
     */
    record Status(long written, long flushed, long applied, boolean asksForReply) {}

    /** Queues a message of the output plugin. */
    void sendData(long lsn, byte... payload) {
        ByteBuffer message = ByteBuffer.allocate(25 + payload.length);
        message.put((byte) 'w').putLong(lsn).putLong(lsn + 1_000).putLong(0).put(payload);
        messages.add(message.array());
    }

    /** Queues a keepalive. */
    void sendKeepalive(long lsn, boolean asksForReply) {
        ByteBuffer message = ByteBuffer.allocate(18);
        message.put((byte) 'k').putLong(lsn).putLong(0).put((byte) (asksForReply ? 1 : 0));
        messages.add(message.array());
    }

    /** Queues any message. */
    void send(byte... message) {
        messages.add(message);
    }

    /** Ends the stream, once all queued messages are read. */
    void end() {
        ended = true;
    }

    /** Makes each further status message fail. */
    void refuse(SQLException reason) {
        refusal = reason;
    }

    List<Status> statuses() {
        return statuses;
    }

    Status lastStatus() {
        return statuses.get(statuses.size() - 1);
    }

    /** The commands that started a stream. */
    List<String> commands() {
        return commands;
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns the client's end. */
    Connection connection() {
        return fake(
                Connection.class,
                Map.of(
                        "unwrap",
                        arguments -> fake(PGConnection.class, Map.of("getCopyAPI", ignored -> copyManager())),
                        "close",
                        arguments -> {
                            closed = true;
                            return null;
                        }));
    }

    private CopyManager copyManager() throws SQLException {
        QueryExecutor executor = fake(QueryExecutor.class, Map.of("startCopy", arguments -> {
            commands.add((String) Objects.requireNonNull(arguments[0]));
            return copy();
        }));
        return new CopyManager(fake(
                BaseConnection.class,
                Map.of(
                        "getQueryExecutor", arguments -> executor,
                        "getEncoding", arguments -> null,
                        "getAutoCommit", arguments -> true)));
    }

    private CopyDual copy() {
        return fake(
                CopyDual.class,
                Map.of(
                        "isActive", arguments -> !ended || !messages.isEmpty(),
                        "readFromCopy", arguments -> messages.poll(),
                        "writeToCopy", this::receive,
                        "flushCopy", arguments -> null));
    }

    private @Nullable Object receive(@Nullable Object[] arguments) throws SQLException {
        if (refusal != null) {
            throw refusal;
        }
        byte[] bytes = (byte[]) Objects.requireNonNull(arguments[0]);
        int start = (Integer) Objects.requireNonNull(arguments[1]);
        int length = (Integer) Objects.requireNonNull(arguments[2]);
        ByteBuffer status = ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, start + length));
        if (status.get() != 'r') {
            throw new AssertionError("Not a status message: " + Arrays.toString(bytes));
        }
        long written = status.getLong();
        long flushed = status.getLong();
        long applied = status.getLong();
        status.getLong(); // the client's clock
        statuses.add(new Status(written, flushed, applied, status.get() == 1));
        return null;
    }

    /** The behaviour of one method. */
    @FunctionalInterface
    private interface Behaviour {
        @Nullable
        Object call(@Nullable Object[] arguments) throws SQLException;
    }

    private static <T> T fake(Class<T> type, Map<String, Behaviour> methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Behaviour behaviour = methods.get(method.getName());
                    if (behaviour == null) {
                        throw new AssertionError("Not expected: " + method);
                    }
                    return behaviour.call(arguments == null ? new Object[0] : arguments);
                }));
    }
}
