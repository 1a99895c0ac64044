// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.VaryingField;
import dev.tributary.row.JsonText;
import io.debezium.pipeline.txmetadata.TransactionStructMaker;
import java.util.Map;

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

    @Override
    public abstract Object read(EventOrder order);
}
