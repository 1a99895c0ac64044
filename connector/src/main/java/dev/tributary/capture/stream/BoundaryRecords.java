// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.metrics.EventStatus;
import dev.tributary.record.CapturedRecord;
import dev.tributary.record.EventBlocks;
import dev.tributary.record.VaryingField;
import dev.tributary.record.VaryingNumber;
import io.debezium.pipeline.txmetadata.TransactionStatus;
import io.debezium.pipeline.txmetadata.TransactionStructMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of the transaction topic, equal to those that Debezium's dispatcher would make: a BEGIN and an END
 * for each transaction.
 */
final class BoundaryRecords {

    private static final String ID = TransactionStructMaker.DEBEZIUM_TRANSACTION_ID_KEY;
    private static final String STATUS = TransactionStructMaker.DEBEZIUM_TRANSACTION_STATUS_KEY;
    private static final String TIME = TransactionStructMaker.DEBEZIUM_TRANSACTION_TS_MS;
    private static final String COUNT = TransactionStructMaker.DEBEZIUM_TRANSACTION_EVENT_COUNT_KEY;
    private static final String TABLES = TransactionStructMaker.DEBEZIUM_TRANSACTION_DATA_COLLECTIONS_KEY;
    private static final String TABLE = TransactionStructMaker.DEBEZIUM_TRANSACTION_COLLECTION_KEY;

    private final Map<String, String> partition;
    private final String topic;
    private final Schema keySchema;
    private final Schema valueSchema;
    private final Schema ofTable;
    private final EventBlocks<TransactionBoundary> begins;
    private final EventBlocks<TransactionBoundary> ends;

    private BoundaryRecords(Map<String, String> partition, String topic, TransactionStructMaker debeziums) {
        this.partition = partition;
        this.topic = topic;
        this.keySchema = debeziums.getTransactionKeySchema();
        this.valueSchema = debeziums.getTransactionValueSchema();
        this.ofTable = tables(debeziums);
        VaryingField<TransactionBoundary> id =
                new TransactionFields.Id<>(TransactionBoundary::transaction, TransactionBoundary::lsn);
        VaryingNumber<TransactionBoundary> time =
                boundary -> boundary.transaction().commitMillis();
        VaryingNumber<TransactionBoundary> count = TransactionBoundary::total;
        VaryingField<TransactionBoundary> tables = this::tables;
        this.begins = new EventBlocks<>(pattern(TransactionStatus.BEGIN), Map.of(ID, id, TIME, time));
        this.ends = new EventBlocks<>(
                pattern(TransactionStatus.END), Map.of(ID, id, TIME, time, COUNT, count, TABLES, tables));
    }

    /** Empty if the schemas have other fields than those known to us. */
    static Optional<BoundaryRecords> of(Map<String, String> partition, String topic, TransactionStructMaker debeziums) {
        boolean isKnown = TransactionFields.areAllOf(debeziums.getTransactionKeySchema(), Set.of(ID))
                && TransactionFields.areAllOf(
                        debeziums.getTransactionValueSchema(), Set.of(ID, STATUS, TIME, COUNT, TABLES))
                && TransactionFields.areAllOf(tables(debeziums), Set.of(TABLE, COUNT));
        return isKnown ? Optional.of(new BoundaryRecords(partition, topic, debeziums)) : Optional.empty();
    }

    private static Schema tables(TransactionStructMaker debeziums) {
        return debeziums.getTransactionValueSchema().field(TABLES).schema().valueSchema();
    }

    private Struct pattern(TransactionStatus status) {
        return new Struct(valueSchema).put(STATUS, status.name());
    }

    private List<Struct> tables(TransactionBoundary boundary) {
        return boundary.counts().entrySet().stream()
                .map(entry -> new Struct(ofTable).put(TABLE, entry.getKey()).put(COUNT, entry.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * Returns the record of a boundary.
     *
     * @param timestamp in milliseconds since the epoch; null if the producer sets it
     */
    SourceRecord record(TransactionBoundary boundary, @Nullable Long timestamp) {
        EventBlocks<TransactionBoundary> values = boundary.isBegin() ? begins : ends;
        return new CapturedRecord(
                partition,
                boundary.offset(),
                topic,
                null,
                keySchema,
                new Struct(keySchema).put(ID, boundary.id()),
                valueSchema,
                values.of(boundary),
                timestamp,
                null,
                null,
                EventStatus.NO_COMMIT);
    }
}
