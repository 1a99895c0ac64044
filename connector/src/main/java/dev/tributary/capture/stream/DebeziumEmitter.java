// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.data.Envelope;
import io.debezium.data.Envelope.Operation;
import io.debezium.pipeline.spi.ChangeRecordEmitter;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.relational.TableSchema;
import io.debezium.schema.DataCollectionSchema;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Hands a change to Debezium's dispatcher.
 *
 * @param feed what all changes of the stream have in common
 * @param operation what happened
 * @param change the change; null if it is of a table that is not captured
 */
record DebeziumEmitter(
        Feed feed, Operation operation, @Nullable RowChange change) implements ChangeRecordEmitter<PostgresPartition> {

    /**
     * Emits with the schema that the row was written with. Debezium's may be ahead of the stream: a snapshot reads the table
     * as it is now.
     */
    @Override
    public void emitChangeRecords(DataCollectionSchema schema, Receiver<PostgresPartition> receiver)
            throws InterruptedException {
        RowChange known = Objects.requireNonNull(change);
        known.tell(new ReceiverTarget(known.relation().schema(), receiver));
    }

    @Override
    public PostgresPartition getPartition() {
        return feed.partition();
    }

    @Override
    public OffsetContext getOffset() {
        return feed.offset();
    }

    @Override
    public Operation getOperation() {
        return operation;
    }

    @Override
    public boolean ignoreRecord() {
        return change == null;
    }

    /** Makes Debezium's envelopes of events. */
    private final class ReceiverTarget implements RowChange.Target {

        private final TableSchema table;
        private final Receiver<PostgresPartition> receiver;

        ReceiverTarget(TableSchema table, Receiver<PostgresPartition> receiver) {
            this.table = table;
            this.receiver = receiver;
        }

        @Override
        public void event(
                Operation what,
                @Nullable Struct key,
                @Nullable Struct before,
                @Nullable Struct after,
                @Nullable ConnectHeaders headers,
                boolean last)
                throws InterruptedException {
            feed.progress().next(last, what);
            receiver.changeRecord(
                    getPartition(), table, what, key, envelope(what, before, after), getOffset(), headers);
        }

        private Struct envelope(Operation what, @Nullable Struct before, @Nullable Struct after) {
            Envelope envelope = table.getEnvelopeSchema();
            PostgresOffsetContext offset = feed.offset();
            Instant now = Instant.now();
            return switch (what) {
                case CREATE -> envelope.create(after, offset.getSourceInfo(), now);
                case UPDATE -> envelope.update(before, after, offset.getSourceInfo(), now);
                case DELETE -> envelope.delete(before, offset.getSourceInfo(), now);
                case TRUNCATE -> envelope.truncate(offset.getSourceInfo(), now);
                case READ, MESSAGE -> throw new IllegalStateException("A stream has no " + what);
            };
        }

        /** The window of an incremental snapshot does. */
        @Override
        public boolean comparesKeys() {
            return true;
        }

        @Override
        public boolean skipsUnchanged() {
            return feed.skipsUnchanged();
        }

        @Override
        public void unchanged() {
            receiver.unchangedEventSkipped(getPartition());
        }
    }
}
