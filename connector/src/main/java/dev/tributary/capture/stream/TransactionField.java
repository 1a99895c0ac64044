// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.VaryingField;
import dev.tributary.row.JsonText;
import io.debezium.pipeline.txmetadata.TransactionStructMaker;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** The fields of Debezium's transaction block. */
enum TransactionField implements VaryingField<EventOrder> {
    ID {
        @Override
        public Object read(EventOrder order) {
            return order.id();
        }
    },
    TOTAL_ORDER {
        @Override
        public Object read(EventOrder order) {
            return order.total();
        }

        @Override
        public boolean write(EventOrder order, JsonText json) {
            json.number(order.total());
            return true;
        }
    },
    ORDER_IN_TABLE {
        @Override
        public Object read(EventOrder order) {
            return order.inTable();
        }

        @Override
        public boolean write(EventOrder order, JsonText json) {
            json.number(order.inTable());
            return true;
        }
    };

    static final Map<String, TransactionField> BY_NAME = Map.of(
            TransactionStructMaker.DEBEZIUM_TRANSACTION_ID_KEY,
            ID,
            TransactionStructMaker.DEBEZIUM_TRANSACTION_TOTAL_ORDER_KEY,
            TOTAL_ORDER,
            TransactionStructMaker.DEBEZIUM_TRANSACTION_DATA_COLLECTION_ORDER_KEY,
            ORDER_IN_TABLE);

    /** Whether a transaction block with such a schema has no other fields. */
    static boolean areAllOf(Schema schema) {
        return schema.fields().stream()
                .map(Field::name)
                .collect(Collectors.toSet())
                .equals(BY_NAME.keySet());
    }

    @Override
    public abstract Object read(EventOrder order);
}
