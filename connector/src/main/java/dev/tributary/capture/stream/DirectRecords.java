// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.metrics.EventStatus;
import dev.tributary.record.Envelopes;
import dev.tributary.record.EventBlocks;
import dev.tributary.record.TableRecords;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.relational.TableSchema;
import java.util.Optional;

/**
 * Decides for each table whether its events can be made without Debezium's dispatcher.
 *
 * @param partition the source partition
 * @param offset Debezium's offset, whose source block is the pattern of ours
 * @param dispatcher knows what it would do with the events of a table
 * @param events counts the events
 */
record DirectRecords(
        PostgresPartition partition, PostgresOffsetContext offset, ChangeDispatcher dispatcher, EventStatus events) {

    /**
     * Returns what makes the events of a table; empty if the dispatcher is needed, or if Debezium's schemas have a
     * field that is unknown to us.
     *
     * @param point the place of the table's first change, which {@code offset} is at
     */
    Optional<DirectTable> of(Relation relation, ChangePoint point) {
        if (!dispatcher.onlySends(relation.table())) {
            return Optional.empty();
        }
        TableSchema schema = relation.schema();
        EventBlocks<ChangePoint> blocks = new EventBlocks<>(offset.getSourceInfo(), SourceField.BY_NAME);
        if (!blocks.matches(offset.getSourceInfo(), point)) {
            return Optional.empty();
        }
        String topic = dispatcher.topic(relation.table());
        return Envelopes.of(schema.getEnvelopeSchema().schema())
                .map(envelopes -> new TableRecords<>(
                        partition.getSourcePartition(),
                        topic,
                        schema.keySchema(),
                        envelopes,
                        blocks,
                        dispatcher.context(),
                        events.table(relation.table().identifier(), topic, TableRecords.columns(schema.keySchema()))))
                .map(records -> new DirectTable(relation.table(), records, dispatcher.transactionBlocks()));
    }
}
