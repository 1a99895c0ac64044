// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.TableName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a template, which is replaced by a value of the record.
 *
 * @param name as written: {@code after.region}
 */
record Variable(String name, Reader reader) {

    /** All variables, for messages. */
    static final String KNOWN = "${schema}, ${table}, ${topic}, ${op}, and with the name of a field ${source.db},"
            + " ${before.x}, ${after.x}, ${row.x}, ${key.x}, ${value.x}, ${header.x}";

    /** Null if the record has no such value. */
    interface Reader {
        @Nullable
        Object of(ConnectRecord<?> record, @Nullable ChangeEvent event, @Nullable TableName table);
    }

    /** @throws IllegalArgumentException if there is no variable with this name */
    static Variable parse(String name) {
        int dot = name.indexOf('.');
        Reader reader = dot < 0 ? plain(name) : ofField(name.substring(0, dot), name.substring(dot + 1));
        if (reader == null) {
            throw new IllegalArgumentException("${" + name + "} is unknown; known are " + KNOWN);
        }
        return new Variable(name, reader);
    }

    private static @Nullable Reader plain(String name) {
        return switch (name) {
            case "schema" -> (record, event, table) -> table == null ? null : table.schema();
            case "table" -> (record, event, table) -> table == null ? null : table.name();
            case "topic" -> (record, event, table) -> record.topic();
            case "op" ->
                (record, event, table) ->
                        event == null ? null : event.operation().code();
            default -> null;
        };
    }

    private static @Nullable Reader ofField(String part, String field) {
        if (part.equals("header")) {
            return field.isEmpty() ? null : (record, event, table) -> header(record, field);
        }
        List<String> names = List.of(field.split("\\.", -1));
        if (names.contains("")) {
            return null;
        }
        FieldPath path = new FieldPath(names);
        return switch (part) {
            case "source" -> (record, event, table) -> event == null ? null : path.inMetadata(event.source());
            case "before" -> (record, event, table) -> event == null ? null : path.in(event.before());
            case "after" -> (record, event, table) -> event == null ? null : path.in(event.after());
            case "row" -> (record, event, table) -> path.in(event == null ? record.value() : event.row());
            case "key" -> (record, event, table) -> path.in(record.key());
            case "value" -> (record, event, table) -> path.in(record.value());
            default -> null;
        };
    }

    private static @Nullable Object header(ConnectRecord<?> record, String name) {
        Header header = record.headers().lastWithName(name);
        return header == null ? null : header.value();
    }

    @Nullable
    Object of(ConnectRecord<?> record, @Nullable ChangeEvent event, @Nullable TableName table) {
        return reader.of(record, event, table);
    }

    /** A value as part of a name; empty if it is not text, a number or a boolean. */
    static Optional<String> text(Object value) {
        if (value instanceof String text) {
            return Optional.of(text);
        }
        if (value instanceof BigDecimal number) {
            return Optional.of(number.toPlainString());
        }
        return value instanceof Number || value instanceof Boolean ? Optional.of(value.toString()) : Optional.empty();
    }

    /** As written. */
    @Override
    public String toString() {
        return "${" + name + "}";
    }
}
