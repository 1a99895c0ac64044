// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.RowCodec;
import dev.tributary.row.RowImage;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.RelationalChangeRecordEmitter;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One change of a row, and the events that tell of it: one as a rule; for a changed key a delete of the old and a create of
 * the new one.
 *
 * @param relation the table
 * @param operation what happened
 * @param before the old row, whole or its key alone; null when it was not sent
 * @param after the new row; null for a delete
 * @param completes whether nothing follows that belongs to the same message; a truncate can be of several tables
 */
record RowChange(
        Relation relation,
        Operation operation,
        @Nullable RowImage before,
        @Nullable RowImage after,
        boolean completes) {

    /** Takes the events of changes. */
    interface Target {

        /**
         * Takes an event.
         *
         * @param headers what the event has beside the headers that all have; null for nothing
         * @param last whether it is the last one of its message
         */
        void event(
                Operation operation,
                @Nullable Struct key,
                @Nullable Struct before,
                @Nullable Struct after,
                @Nullable ConnectHeaders headers,
                boolean last)
                throws InterruptedException;

        /** Whether keys have to be plain structs, because somebody compares them with such. */
        boolean comparesKeys();

        /** Whether an update that changes nothing is left out: {@code skip.messages.without.change}. */
        boolean skipsUnchanged();

        /** Is told of one. */
        void unchanged();
    }

    /** Tells a target of the change. */
    void tell(Target target) throws InterruptedException {
        if (isEmpty()) {
            return;
        }
        switch (operation) {
            case CREATE -> target.event(operation, key(after, target), null, value(after), null, completes);
            case UPDATE -> update(target);
            case DELETE -> target.event(operation, key(before, target), value(before), null, null, completes);
            case TRUNCATE -> target.event(operation, null, null, null, null, completes);
            case READ, MESSAGE -> throw new IllegalStateException("A stream has no " + operation);
        }
    }

    /** A row of a table without columns: there is nothing to tell of it, and Debezium does not. */
    private boolean isEmpty() {
        RowImage row = after == null ? before : after;
        return row != null && row.columns() == 0;
    }

    private void update(Target target) throws InterruptedException {
        RowImage row = Objects.requireNonNull(after).replacing(before);
        Struct newKey = key(row, target);
        Struct oldKey = key(before, target);
        Struct oldValue = value(before);
        Struct newValue = Objects.requireNonNull(value(row));
        if (target.skipsUnchanged() && newValue.equals(oldValue)) {
            target.unchanged();
        } else if (oldKey == null || oldKey.equals(newKey)) {
            target.event(Operation.UPDATE, newKey, oldValue, newValue, null, completes);
        } else {
            ConnectHeaders toNew = header(RelationalChangeRecordEmitter.PK_UPDATE_NEWKEY_FIELD, newKey);
            ConnectHeaders toOld = header(RelationalChangeRecordEmitter.PK_UPDATE_OLDKEY_FIELD, oldKey);
            target.event(Operation.DELETE, oldKey, oldValue, null, toNew, false);
            target.event(Operation.CREATE, newKey, null, newValue, toOld, completes);
        }
    }

    private ConnectHeaders header(String name, @Nullable Struct key) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.add(name, key, relation.schema().keySchema());
        return headers;
    }

    private @Nullable Struct key(@Nullable RowImage row, Target target) {
        RowCodec keys = relation.keys();
        if (row == null || keys == null) {
            return null;
        }
        return target.comparesKeys() ? keys.eagerly(row) : keys.lazily(row);
    }

    private @Nullable Struct value(@Nullable RowImage row) {
        return row == null ? null : relation.values().lazily(row);
    }

    /** How many bytes Postgres sent for it. */
    long bytes() {
        return (before == null ? 0L : before.bytesSent()) + (after == null ? 0L : after.bytesSent());
    }
}
