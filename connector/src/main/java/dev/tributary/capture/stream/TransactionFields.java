// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.VaryingField;
import dev.tributary.record.VaryingNumber;
import io.debezium.pipeline.txmetadata.TransactionStructMaker;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** The fields of Debezium's transaction block. */
final class TransactionFields {

    private static final VaryingField<EventOrder> ID = EventOrder::id;
    private static final VaryingNumber<EventOrder> TOTAL_ORDER = EventOrder::total;
    private static final VaryingNumber<EventOrder> ORDER_IN_TABLE = EventOrder::inTable;

    static final Map<String, VaryingField<EventOrder>> BY_NAME = Map.of(
            TransactionStructMaker.DEBEZIUM_TRANSACTION_ID_KEY,
            ID,
            TransactionStructMaker.DEBEZIUM_TRANSACTION_TOTAL_ORDER_KEY,
            TOTAL_ORDER,
            TransactionStructMaker.DEBEZIUM_TRANSACTION_DATA_COLLECTION_ORDER_KEY,
            ORDER_IN_TABLE);

    private TransactionFields() {}

    /** Whether a transaction block with such a schema has no other fields. */
    static boolean areAllOf(Schema schema) {
        return schema.fields().stream()
                .map(Field::name)
                .collect(Collectors.toSet())
                .equals(BY_NAME.keySet());
    }
}
