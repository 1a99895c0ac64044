// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import org.apache.kafka.connect.source.SourceRecord;

/**
 * The records that wait in a queue, first in, first out, and their sizes. Not thread-safe: the queue that uses it has a
 * lock.
 */
final class Waiting {

    private final RecordStorage storage;
    private final Sizes sizes = new Sizes();
    private long bytes;

    Waiting(RecordStorage storage) {
        this.storage = storage;
    }

    /** @param joinsNext whether the record must leave together with the next one */
    void add(SourceRecord record, long recordBytes, boolean joinsNext) throws InterruptedException {
        storage.add(record);
        // The sign of the size marks a record that must leave together with the next one.
        sizes.add(joinsNext ? -recordBytes : recordBytes);
        bytes += recordBytes;
    }

    /** The size of the first record; there is one. */
    long nextBytes() {
        return Math.abs(sizes.peek());
    }

    /** Whether the first record must leave together with the second one; there is one. */
    boolean nextJoins() {
        return sizes.peek() < 0;
    }

    /** Removes the first record; there is one. */
    SourceRecord remove() throws InterruptedException {
        bytes -= Math.abs(sizes.remove());
        return storage.remove();
    }

    int size() {
        return storage.size();
    }

    /** The size of all records. */
    long bytes() {
        return bytes;
    }

    void close() throws Exception {
        bytes = 0;
        storage.close();
    }
}
