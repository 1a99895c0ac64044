// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.plan;

import dev.tributary.capture.EventSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** The schemas of a topic, as short as SQL has them: {@code row: id int32, note string?}. */
final class SchemaText {

    private static final int WIDTH = 110;

    private SchemaText() {}

    /** Lines: one or more for the key, then one or more for the row. */
    static List<String> of(EventSchemas.OfTable schemas) {
        List<String> lines = new ArrayList<>();
        Schema key = schemas.key();
        lines.addAll(key == null ? List.of("key: none") : wrapped("key: ", key.fields()));
        Field after = schemas.value().field("after");
        if (after != null) {
            lines.addAll(wrapped("row: ", after.schema().fields()));
        }
        return lines;
    }

    private static List<String> wrapped(String label, List<Field> fields) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(label);
        for (int i = 0; i < fields.size(); i++) {
            String text = text(fields.get(i)) + (i < fields.size() - 1 ? ", " : "");
            if (line.length() > label.length() && line.length() + text.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(label.length()));
            }
            line.append(text);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String text(Field field) {
        return field.name() + " " + type(field.schema()) + (field.schema().isOptional() ? "?" : "");
    }

    private static String type(Schema schema) {
        String plain = plain(schema);
        @Nullable String name = schema.name();
        if (name == null) {
            return plain;
        }
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return Decimal.LOGICAL_NAME.equals(name)
                ? simple + "(" + schema.parameters().getOrDefault(Decimal.SCALE_FIELD, "?") + ")"
                : plain + " " + simple;
    }

    private static String plain(Schema schema) {
        return switch (schema.type()) {
            case ARRAY -> "array of " + type(schema.valueSchema());
            case MAP -> "map of " + type(schema.valueSchema());
            default -> schema.type().getName().toLowerCase(Locale.ROOT);
        };
    }
}
