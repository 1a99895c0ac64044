// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.TableName;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Refuses what may have columns that cannot be seen: they must not be published as they are. */
final class UnreadableRows {

    private static final List<String> ROWS = List.of("before", "after");

    /** Debezium's connector for MongoDB: changed fields, as a text. */
    private static final String UPDATE = "updateDescription";

    private UnreadableRows() {}

    /**
     * @param event the record as an event; null if it is none
     * @throws DataException if the value has rows that are neither structs nor maps
     */
    static void refuse(ConnectRecord<?> record, @Nullable ChangeEvent event, TableName table) {
        Object value = record.value();
        if (value == null) {
            return;
        }
        if (event != null || (value instanceof Struct struct && ChangeEvents.hasEnvelope(struct.schema()))) {
            for (String part : ROWS) {
                Object row = part(value, part);
                if (row != null && !isRow(row)) {
                    throw unreadable(record, table, "field " + part + " of its event is a " + type(row));
                }
            }
            if (part(value, UPDATE) != null) {
                throw unreadable(record, table, "its event has the changed fields in " + UPDATE);
            }
        } else if (!isRow(value)) {
            throw unreadable(record, table, "its value is a " + type(value));
        }
    }

    /** Whether it has columns. */
    static boolean isRow(Object value) {
        return value instanceof Struct || value instanceof Map;
    }

    private static @Nullable Object part(Object envelope, String name) {
        if (envelope instanceof Map<?, ?> map) {
            return map.get(name);
        }
        Struct struct = (Struct) envelope;
        Field field = struct.schema().field(name);
        return field == null ? null : struct.getWithoutDefault(name);
    }

    private static String type(Object value) {
        return value.getClass().getSimpleName();
    }

    private static DataException unreadable(ConnectRecord<?> record, TableName table, String what) {
        return new DataException("A record of table " + table + " on topic " + record.topic() + " cannot be masked: "
                + what + ", and the rules need columns. Fix: put MaskFields before the transform that makes it so;"
                + " events of Debezium's connector for MongoDB cannot be masked");
    }
}
