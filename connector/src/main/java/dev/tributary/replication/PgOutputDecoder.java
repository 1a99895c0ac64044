// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.row.MalformedRowException;
import dev.tributary.row.RowImage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pgoutput, protocol version 1: whole transactions in the order of their commits. Rows stay in the bytes of their
 * message.
 */
final class PgOutputDecoder {

    /** 2000-01-01, from which Postgres counts, in microseconds since the epoch of Unix. */
    private static final long POSTGRES_EPOCH_MICROS = TimeUnit.DAYS.toMicros(10_957);

    private final PgOutputHandler handler;

    PgOutputDecoder(PgOutputHandler handler) {
        this.handler = handler;
    }

    /**
     * Decodes one message and hands it on.
     *
     * @param message the message, from its position on, and nothing behind it; rows keep its bytes, so nobody may write to them again
     * @param lsn its LSN, for the error if it is malformed
     * @throws MalformedMessageException if it is not a message of this protocol
     */
    void decode(ByteBuffer message, long lsn) throws SQLException, InterruptedException {
        int start = message.position();
        char type = message.hasRemaining() ? (char) message.get() : ' ';
        try {
            if (type == 'R') {
                handler.relation(message.getInt(), message.slice(start, message.limit() - start));
            } else {
                decode(type, message);
            }
        } catch (BufferUnderflowException | MalformedRowException e) {
            throw new MalformedMessageException(type, new Lsn(lsn), e);
        }
    }

    private void decode(char type, ByteBuffer message) throws SQLException, InterruptedException {
        switch (type) {
            case 'B' ->
                handler.begin(message.getLong(), message.getLong() + POSTGRES_EPOCH_MICROS, unsigned(message.getInt()));
            case 'C' -> {
                message.get(); // flags, unused
                handler.commit(message.getLong(), message.getLong());
            }
            case 'I' -> insert(message);
            case 'U' -> update(message);
            case 'D' -> delete(message);
            case 'T' -> truncate(message);
            case 'M' -> logicalMessage(message);
            case 'O' -> handler.origin(message.getLong(), string(message));
            case 'Y' -> {
                // A type's name; the columns' type ids are looked up in the catalog.
            }
            case 'A' -> {
                // The abort of a transaction of which nothing was sent: Postgres 18 tells of it although streaming was
                // not
                // asked for, when the transaction had outgrown logical_decoding_work_mem.
            }
            default -> throw new MalformedRowException("there is no such type of message");
        }
    }

    private void insert(ByteBuffer message) throws SQLException, InterruptedException {
        int relation = message.getInt();
        expect('N', message.get());
        handler.insert(relation, RowImage.ofTuple(message));
    }

    private void update(ByteBuffer message) throws SQLException, InterruptedException {
        int relation = message.getInt();
        byte kind = message.get();
        @Nullable RowImage before = null;
        if (kind == 'K' || kind == 'O') {
            before = RowImage.ofTuple(message);
            kind = message.get();
        }
        expect('N', kind);
        handler.update(relation, before, RowImage.ofTuple(message));
    }

    private void delete(ByteBuffer message) throws SQLException, InterruptedException {
        int relation = message.getInt();
        byte kind = message.get();
        if (kind != 'K') {
            expect('O', kind);
        }
        handler.delete(relation, RowImage.ofTuple(message));
    }

    private void truncate(ByteBuffer message) throws SQLException, InterruptedException {
        int count = message.getInt();
        message.get(); // CASCADE, RESTART IDENTITY
        if (count < 0 || count > message.remaining() / Integer.BYTES) {
            throw new MalformedRowException("it claims " + count + " relations");
        }
        int[] relations = new int[count];
        for (int i = 0; i < count; i++) {
            relations[i] = message.getInt();
        }
        handler.truncate(relations);
    }

    private void logicalMessage(ByteBuffer message) throws SQLException, InterruptedException {
        boolean transactional = message.get() == 1;
        long lsn = message.getLong();
        String prefix = string(message);
        int length = message.getInt();
        if (length < 0 || length > message.remaining()) {
            throw new MalformedRowException("its content claims " + length + " bytes");
        }
        byte[] content = new byte[length];
        message.get(content);
        handler.message(transactional, lsn, prefix, content);
    }

    private static void expect(char kind, byte found) {
        if (found != kind) {
            throw new MalformedRowException("a tuple of kind " + kind + " should follow, not " + found);
        }
    }

    private static String string(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // The text ends with the zero byte.
        }
        return new String(
                message.array(), message.arrayOffset() + start, message.position() - 1 - start, StandardCharsets.UTF_8);
    }

    private static long unsigned(int transaction) {
        return Integer.toUnsignedLong(transaction);
    }
}
