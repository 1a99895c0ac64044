// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The header of a batch of records in a segment file. The format is in Kafka's documentation, "Implementation, Message
 * Format"; its classes for it are internal.
 *
 * @param first the offset of its first record
 * @param last the offset of its last record
 * @param transactional whether it belongs to a transaction
 * @param control whether it is the marker that ends one
 */
record Batch(long first, long last, long producerId, short epoch, boolean transactional, boolean control) {

    private static final int MAGIC = 2;

    /** The bytes before those that the length counts: the offset, and the length. */
    private static final int PREFIX = 12;

    private static final int HEADER = 61;
    private static final int TRANSACTIONAL = 1 << 4;
    private static final int CONTROL = 1 << 5;

    /**
     * Reads all batches of a segment. One that the broker has not written completely is not there yet.
     *
     * @throws IOException if it cannot be read, or is no segment of this format
     */
    static void forEach(Path segment, Consumer<Batch> action) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            long size = file.size();
            long at = 0;
            while (at + HEADER <= size) {
                read(file, at, header.clear());
                long end = at + PREFIX + header.getInt(8);
                if (header.get(16) != MAGIC || end <= at) {
                    throw new IOException("no batch at " + at + " of " + segment);
                }
                if (end <= size) {
                    action.accept(of(header));
                }
                at = end;
            }
        }
    }

    private static void read(FileChannel file, long at, ByteBuffer header) throws IOException {
        while (header.hasRemaining()) {
            if (file.read(header, at + header.position()) < 0) {
                throw new EOFException("a segment became shorter");
            }
        }
    }

    private static Batch of(ByteBuffer header) {
        long first = header.getLong(0);
        short attributes = header.getShort(21);
        return new Batch(
                first,
                first + header.getInt(23),
                header.getLong(43),
                header.getShort(51),
                (attributes & TRANSACTIONAL) != 0,
                (attributes & CONTROL) != 0);
    }
}
