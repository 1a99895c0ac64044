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
 * One change of a row, and the events it becomes: usually one; for an update of the key, a delete of the old row and a
 * create of the new one.
 *
 * @param relation the table
 * @param operation the operation
 * @param before the old row, or only its key; null if it was not sent
 * @param after the new row; null for a delete
 * @param completes whether it is the last change of its message; a truncate can be of several tables
 */
record RowChange(
        Relation relation,
        Operation operation,
        @Nullable RowImage before,
        @Nullable RowImage after,
        boolean completes) {

    /** Receives the events of a change. */
    interface Target {

        /**
         * Receives an event.
         *
         * @param headers headers of this event; null if it has none of its own
         * @param last whether it is the last event of its message
         */
        void event(
                Operation operation,
                @Nullable Struct key,
                @Nullable Struct before,
                @Nullable Struct after,
                @Nullable ConnectHeaders headers,
                boolean last)
                throws InterruptedException;

        /** Whether events of an operation are left out: {@code skipped.operations}. */
        boolean skips(Operation what);

        /** Whether an update that changes nothing is left out: {@code skip.messages.without.change}. */
        boolean skipsUnchanged();

        /** An update was left out because it changes nothing. */
        void unchanged();
    }

    /** Passes the events of the change to a target. */
    void emit(Target target) throws InterruptedException {
        if (hasNoColumns()) {
            return;
        }
        switch (operation) {
            case CREATE -> target.event(operation, key(after), null, value(after), null, completes);
            case UPDATE -> emitUpdate(target);
            case DELETE -> emitDelete(target);
            case TRUNCATE -> target.event(operation, null, null, null, null, completes);
            case READ, MESSAGE -> throw new IllegalStateException("A stream has no " + operation);
        }
    }

    /** Whether the table has no columns: such a row becomes no event, as in Debezium. */
    private boolean hasNoColumns() {
        RowImage row = after == null ? before : after;
        return row != null && row.columns() == 0;
    }

    private void emitDelete(Target target) throws InterruptedException {
        OldKeys keys = relation.oldKeys();
        // The key of a row may be unknown, which does not matter if it is not sent.
        Struct key = before == null || keys == null || target.skips(Operation.DELETE) ? null : keys.ofDeleted(before);
        target.event(Operation.DELETE, key, value(before), null, null, completes);
    }

    private void emitUpdate(Target target) throws InterruptedException {
        RowImage now = Objects.requireNonNull(after);
        RowImage row = now.replacing(before);
        OldKeys keys = relation.oldKeys();
        Struct newKey = key(row);
        Struct oldKey = before == null || keys == null ? null : keys.ofUpdated(before, now);
        Struct oldValue = value(before);
        Struct newValue = Objects.requireNonNull(value(row));
        if (target.skipsUnchanged() && newValue.equals(oldValue)) {
            target.unchanged();
            return;
        }
        boolean sameKey = oldKey == null || oldKey.equals(newKey);
        if (keys != null && !(sameKey && target.skips(Operation.UPDATE))) {
            keys.assertKnown(now, before);
        }
        if (sameKey) {
            target.event(Operation.UPDATE, newKey, oldValue, newValue, null, completes);
        } else {
            ConnectHeaders toNew = header(RelationalChangeRecordEmitter.PK_UPDATE_NEWKEY_FIELD, newKey);
            ConnectHeaders toOld = header(RelationalChangeRecordEmitter.PK_UPDATE_OLDKEY_FIELD, oldKey);
            // The last event that is sent completes the change: if it is incomplete, a restart sends all of it again.
            boolean isCreated = !target.skips(Operation.CREATE);
            target.event(Operation.DELETE, oldKey, oldValue, null, toNew, completes && !isCreated);
            if (isCreated) {
                target.event(Operation.CREATE, newKey, null, newValue, toOld, completes);
            }
        }
    }

    private ConnectHeaders header(String name, @Nullable Struct key) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.add(name, key, relation.schema().keySchema());
        return headers;
    }

    private @Nullable Struct key(@Nullable RowImage row) {
        RowCodec keys = relation.keys();
        return row == null || keys == null ? null : keys.eagerly(row);
    }

    private @Nullable Struct value(@Nullable RowImage row) {
        return row == null ? null : relation.values().lazily(row);
    }

    /** How many bytes Postgres sent for it. */
    long bytes() {
        return (before == null ? 0L : before.bytesSent()) + (after == null ? 0L : after.bytesSent());
    }
}
