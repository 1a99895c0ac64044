// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.data.Envelope;
import io.debezium.data.Envelope.Operation;
import io.debezium.pipeline.spi.ChangeRecordEmitter;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.relational.RelationalChangeRecordEmitter;
import io.debezium.relational.TableSchema;
import io.debezium.schema.DataCollectionSchema;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One change of a row, and the events that tell of it: one as a rule; for a changed key a delete of the old and a create of
 * the new one.
 *
 * @param feed what all changes of the stream have in common
 * @param relation the table; null for one that is not captured
 * @param operation what happened
 * @param before the old row, whole or its key alone; null when it was not sent
 * @param after the new row; null for a delete
 * @param completes whether nothing follows that belongs to the same message; a truncate can be of several tables
 */
record RowChange(
        Feed feed,
        @Nullable Relation relation,
        Operation operation,
        @Nullable RowImage before,
        @Nullable RowImage after,
        boolean completes)
        implements ChangeRecordEmitter<PostgresPartition> {

    /**
     * What all changes of a stream have in common.
     *
     * @param partition the source partition
     * @param offset Debezium's offset and source block, brought up to date before each change
     * @param skipsUnchanged {@code skip.messages.without.change}
     * @param sent is told before each event of a change whether it is the change's last
     */
    record Feed(PostgresPartition partition, PostgresOffsetContext offset, boolean skipsUnchanged, Progress sent) {}

    /** Follows the events of a change. */
    @FunctionalInterface
    interface Progress {
        void next(boolean last, Operation operation);
    }

    @Override
    public void emitChangeRecords(DataCollectionSchema schema, Receiver<PostgresPartition> receiver)
            throws InterruptedException {
        TableSchema table = (TableSchema) schema;
        if (isEmpty()) {
            return;
        }
        switch (operation) {
            case CREATE -> create(table, receiver, key(after), value(after), null, true);
            case UPDATE -> update(table, receiver);
            case DELETE -> delete(table, receiver, key(before), value(before), null, true);
            case TRUNCATE -> truncate(table, receiver);
            case READ, MESSAGE -> throw new IllegalStateException("A stream has no " + operation);
        }
    }

    /** A row of a table without columns: there is nothing to tell of it, and Debezium does not. */
    private boolean isEmpty() {
        RowImage row = after == null ? before : after;
        return row != null && row.columns() == 0;
    }

    private void update(TableSchema table, Receiver<PostgresPartition> receiver) throws InterruptedException {
        RowImage row = Objects.requireNonNull(after).replacing(before);
        Struct newKey = key(row);
        Struct oldKey = key(before);
        Struct oldValue = value(before);
        Struct newValue = Objects.requireNonNull(value(row));
        if (feed.skipsUnchanged() && newValue.equals(oldValue)) {
            receiver.unchangedEventSkipped(getPartition());
        } else if (oldKey == null || oldKey.equals(newKey)) {
            Struct envelope = envelope(table).update(oldValue, newValue, source(), now());
            emit(table, receiver, Operation.UPDATE, newKey, envelope, null, true);
        } else {
            delete(table, receiver, oldKey, oldValue, header(table, "newkey", newKey), false);
            create(table, receiver, newKey, newValue, header(table, "oldkey", oldKey), true);
        }
    }

    private void create(
            TableSchema table,
            Receiver<PostgresPartition> receiver,
            @Nullable Struct key,
            @Nullable Struct value,
            @Nullable ConnectHeaders headers,
            boolean last)
            throws InterruptedException {
        emit(table, receiver, Operation.CREATE, key, envelope(table).create(value, source(), now()), headers, last);
    }

    private void delete(
            TableSchema table,
            Receiver<PostgresPartition> receiver,
            @Nullable Struct key,
            @Nullable Struct value,
            @Nullable ConnectHeaders headers,
            boolean last)
            throws InterruptedException {
        emit(table, receiver, Operation.DELETE, key, envelope(table).delete(value, source(), now()), headers, last);
    }

    private void truncate(TableSchema table, Receiver<PostgresPartition> receiver) throws InterruptedException {
        emit(table, receiver, Operation.TRUNCATE, null, envelope(table).truncate(source(), now()), null, true);
    }

    private void emit(
            TableSchema table,
            Receiver<PostgresPartition> receiver,
            Operation what,
            @Nullable Struct key,
            Struct envelope,
            @Nullable ConnectHeaders headers,
            boolean last)
            throws InterruptedException {
        feed.sent().next(last && completes, what);
        receiver.changeRecord(getPartition(), table, what, key, envelope, getOffset(), headers);
    }

    private static ConnectHeaders header(TableSchema table, String name, @Nullable Struct key) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.add(
                name.equals("newkey")
                        ? RelationalChangeRecordEmitter.PK_UPDATE_NEWKEY_FIELD
                        : RelationalChangeRecordEmitter.PK_UPDATE_OLDKEY_FIELD,
                key,
                table.keySchema());
        return headers;
    }

    private @Nullable Struct key(@Nullable RowImage row) {
        return row == null
                ? null
                : table().keys().map(codec -> codec.eagerly(row)).orElse(null);
    }

    private @Nullable Struct value(@Nullable RowImage row) {
        return row == null ? null : table().values().lazily(row);
    }

    private Relation table() {
        return Objects.requireNonNull(relation);
    }

    private static Envelope envelope(TableSchema table) {
        return table.getEnvelopeSchema();
    }

    private Struct source() {
        return feed.offset().getSourceInfo();
    }

    private static Instant now() {
        return Instant.now();
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
        return relation == null;
    }
}
