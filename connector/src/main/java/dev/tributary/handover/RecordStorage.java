// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import io.debezium.connector.base.DefaultQueueProvider;
import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayDeque;
import org.apache.kafka.connect.source.SourceRecord;

/** Keeps the records that wait, first in, first out. Not thread-safe: the queue that uses it has a lock. */
interface RecordStorage {

    void add(SourceRecord record) throws InterruptedException;

    /** Removes the record that was added first; there is one. */
    SourceRecord remove() throws InterruptedException;

    int size();

    void close() throws Exception;

    /**
     * Keeps records in memory; or in the user's own storage ({@code queue.provider.type}), whose API takes them wrapped
     * in Debezium's events.
     */
    static RecordStorage of(QueueProvider<DataChangeEvent> provider) {
        boolean inMemory = provider.getClass() == DefaultQueueProvider.class;
        return inMemory ? new InMemory() : new Provided(provider);
    }

    /** In memory. */
    final class InMemory implements RecordStorage {

        private final ArrayDeque<SourceRecord> records = new ArrayDeque<>();

        @Override
        public void add(SourceRecord record) {
            records.add(record);
        }

        @Override
        public SourceRecord remove() {
            return records.remove();
        }

        @Override
        public int size() {
            return records.size();
        }

        @Override
        public void close() {
            records.clear();
        }
    }

    /** In a storage that implements Debezium's interface. */
    record Provided(QueueProvider<DataChangeEvent> provider) implements RecordStorage {

        @Override
        public void add(SourceRecord record) throws InterruptedException {
            provider.enqueue(new DataChangeEvent(record));
        }

        @Override
        public SourceRecord remove() throws InterruptedException {
            return provider.poll().getRecord();
        }

        @Override
        public int size() {
            return provider.size();
        }

        @Override
        public void close() throws Exception {
            provider.close();
        }
    }
}
