// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.EventBlocks;
import dev.tributary.record.TableRecords;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.TableId;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A table whose events are made without Debezium's dispatcher.
 *
 * @param id the table
 * @param records makes its records
 * @param transactions makes the transaction blocks of its events; null unless {@code provide.transaction.metadata} is
 *     on
 */
record DirectTable(
        TableId id,
        TableRecords<ChangePoint> records,
        @Nullable EventBlocks<EventOrder> transactions) {

    /**
     * Returns the envelope of an event.
     *
     * @param order its place in its transaction; null if events are not counted
     */
    Struct envelope(
            ChangePoint point,
            Operation operation,
            @Nullable Struct before,
            @Nullable Struct after,
            @Nullable EventOrder order) {
        Struct transaction = transactions == null || order == null ? null : transactions.of(order);
        return records.envelope(point, operation, before, after, transaction);
    }
}
