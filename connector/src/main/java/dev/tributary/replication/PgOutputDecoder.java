// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import dev.tributary.position.Lsn;
import dev.tributary.position.PostgresEpoch;
import dev.tributary.row.MalformedRowException;
import dev.tributary.row.RowImage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pgoutput, protocol version 1: whole transactions in commit order. Rows stay in the bytes of their message.
 */
public final class PgOutputDecoder {

    private final PgOutputHandler handler;

    /** @param handler receives the messages */
    public PgOutputDecoder(PgOutputHandler handler) {
        this.handler = handler;
    }

    /**
     * Decodes one message and passes it to the handler.
     *
     * @param message the message, from the buffer's position to its limit. Rows keep a reference to its bytes, so the
     *     caller must not write to them again
     * @param lsn the LSN of the message
     * @throws MalformedMessageException if it is not a message of this protocol
     */
    public void decode(ByteBuffer message, long lsn) throws SQLException, InterruptedException {
        int start = message.position();
        char type = message.hasRemaining() ? (char) message.get() : ' ';
        try {
            if (type == 'R') {
                handler.relation(lsn, message.getInt(), message.slice(start, message.limit() - start));
            } else {
                decode(lsn, type, message);
            }
        } catch (BufferUnderflowException | MalformedRowException e) {
            throw new MalformedMessageException(type, new Lsn(lsn), e);
        }
    }

    private void decode(long lsn, char type, ByteBuffer message) throws SQLException, InterruptedException {
        switch (type) {
            case 'B' ->
                handler.begin(
                        lsn,
                        message.getLong(),
                        message.getLong() + PostgresEpoch.MICROS,
                        Integer.toUnsignedLong(message.getInt()));
            case 'C' -> {
                message.get(); // flags, unused
                handler.commit(lsn, message.getLong(), message.getLong());
            }
            case 'I' -> insert(lsn, message);
            case 'U' -> update(lsn, message);
            case 'D' -> delete(lsn, message);
            case 'T' -> truncate(lsn, message);
            case 'M' -> logicalMessage(lsn, message);
            case 'O' -> handler.origin(lsn, message.getLong(), string(message));
            case 'Y' -> {
                // The name of a type; type ids of columns are looked up in the catalog.
            }
            case 'A' -> {
                // The abort of a transaction of which nothing was sent. Although streaming was not requested, Postgres
                // 18 sends it for a transaction that had outgrown logical_decoding_work_mem.
            }
            default -> throw new MalformedRowException("there is no such type of message");
        }
    }

    private void insert(long lsn, ByteBuffer message) throws SQLException, InterruptedException {
        int relation = message.getInt();
        expect('N', message.get());
        handler.insert(lsn, relation, RowImage.ofTuple(message));
    }

    private void update(long lsn, ByteBuffer message) throws SQLException, InterruptedException {
        int relation = message.getInt();
        byte kind = message.get();
        @Nullable RowImage before = null;
        if (kind == 'K' || kind == 'O') {
            before = RowImage.ofTuple(message);
            kind = message.get();
        }
        expect('N', kind);
        handler.update(lsn, relation, before, RowImage.ofTuple(message));
    }

    private void delete(long lsn, ByteBuffer message) throws SQLException, InterruptedException {
        int relation = message.getInt();
        byte kind = message.get();
        if (kind != 'K') {
            expect('O', kind);
        }
        handler.delete(lsn, relation, RowImage.ofTuple(message));
    }

    private void truncate(long lsn, ByteBuffer message) throws SQLException, InterruptedException {
        int count = message.getInt();
        message.get(); // CASCADE, RESTART IDENTITY
        if (count < 0 || count > message.remaining() / Integer.BYTES) {
            throw new MalformedRowException("it claims " + count + " relations");
        }
        int[] relations = new int[count];
        for (int i = 0; i < count; i++) {
            relations[i] = message.getInt();
        }
        handler.truncate(lsn, relations);
    }

    private void logicalMessage(long lsn, ByteBuffer message) throws SQLException, InterruptedException {
        boolean transactional = message.get() == 1;
        long messageLsn = message.getLong();
        String prefix = string(message);
        int length = message.getInt();
        if (length < 0 || length > message.remaining()) {
            throw new MalformedRowException("its content claims " + length + " bytes");
        }
        byte[] content = new byte[length];
        message.get(content);
        handler.message(lsn, transactional, messageLsn, prefix, content);
    }

    private static void expect(char kind, byte found) {
        if (found != kind) {
            throw new MalformedRowException("a tuple of kind " + kind + " should follow, not " + found);
        }
    }

    private static String string(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // A zero byte ends the text.
        }
        return new String(
                message.array(), message.arrayOffset() + start, message.position() - 1 - start, StandardCharsets.UTF_8);
    }
}
