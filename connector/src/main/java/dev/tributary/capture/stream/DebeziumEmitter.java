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
 * Passes a change to Debezium's dispatcher.
 *
 * @param context what all changes of the stream have in common
 * @param operation the operation
 * @param step the place of the change in its transaction
 * @param change the change; null if its table is not captured
 */
record DebeziumEmitter(
        StreamContext context,
        Operation operation,
        Step.Send step,
        @Nullable RowChange change) implements ChangeRecordEmitter<PostgresPartition> {

    /**
     * Emits with the schema that the row was written with. Debezium's may be ahead of the stream, because a snapshot
     * reads the table as it is now.
     */
    @Override
    public void emitChangeRecords(DataCollectionSchema schema, Receiver<PostgresPartition> receiver)
            throws InterruptedException {
        RowChange known = Objects.requireNonNull(change);
        known.emit(new ReceiverTarget(known.relation().schema(), receiver));
    }

    @Override
    public PostgresPartition getPartition() {
        return context.partition();
    }

    @Override
    public OffsetContext getOffset() {
        return context.offset();
    }

    @Override
    public Operation getOperation() {
        return operation;
    }

    @Override
    public boolean ignoreRecord() {
        return change == null;
    }

    /** Makes events in Debezium's own envelopes. */
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
            context.stamp().expect(step, context.hasTombstone(what) ? 2 : 1, last);
            receiver.changeRecord(
                    getPartition(), table, what, key, envelope(what, before, after), getOffset(), headers);
        }

        private Struct envelope(Operation what, @Nullable Struct before, @Nullable Struct after) {
            Envelope envelope = table.getEnvelopeSchema();
            PostgresOffsetContext offset = context.offset();
            Instant now = Instant.now();
            return switch (what) {
                case CREATE -> envelope.create(after, offset.getSourceInfo(), now);
                case UPDATE -> envelope.update(before, after, offset.getSourceInfo(), now);
                case DELETE -> envelope.delete(before, offset.getSourceInfo(), now);
                case TRUNCATE -> envelope.truncate(offset.getSourceInfo(), now);
                case READ, MESSAGE -> throw new IllegalStateException("A stream has no " + what);
            };
        }

        @Override
        public boolean skips(Operation what) {
            return context.skipped().contains(what);
        }

        @Override
        public boolean skipsUnchanged() {
            return context.skipsUnchanged();
        }

        @Override
        public void unchanged() {
            receiver.unchangedEventSkipped(getPartition());
        }
    }
}
