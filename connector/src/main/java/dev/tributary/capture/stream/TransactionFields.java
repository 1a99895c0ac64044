// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.VaryingField;
import dev.tributary.record.VaryingNumber;
import dev.tributary.row.AvroBytes;
import dev.tributary.row.JsonText;
import io.debezium.pipeline.txmetadata.TransactionStructMaker;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** The fields of Debezium's transaction block. */
final class TransactionFields {

    private static final VaryingField<EventOrder> ID = new Id<>(
            order -> order.point().transaction(), order -> order.point().lsn());
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

    /** Whether a schema has exactly these fields. */
    static boolean areAllOf(Schema schema, Set<String> names) {
        return schema.fields().stream()
                .map(Field::name)
                .collect(Collectors.toSet())
                .equals(names);
    }

    /**
     * Debezium's identifier of the transaction, which contains the LSN of the message.
     *
     * @param transaction the transaction of a place
     * @param lsn the LSN of a place
     */
    record Id<P>(Function<P, Transaction> transaction, ToLongFunction<P> lsn) implements VaryingField<P> {

        @Override
        public String read(P place) {
            return transaction.apply(place).idAt(lsn.applyAsLong(place));
        }

        @Override
        public boolean write(P place, JsonText json) {
            transaction.apply(place).writeIdAt(lsn.applyAsLong(place), json);
            return true;
        }

        @Override
        public boolean write(P place, AvroBytes avro) {
            transaction.apply(place).writeIdAt(lsn.applyAsLong(place), avro);
            return true;
        }
    }
}
