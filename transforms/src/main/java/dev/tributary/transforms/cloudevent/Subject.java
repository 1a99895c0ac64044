// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.cloudevent;

import dev.tributary.transforms.event.Canonical;
import dev.tributary.transforms.event.Schemas;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Values as the text of a subject: numbers and times in their canonical text, bytes in hexadecimal digits. */
public final class Subject {

    private Subject() {}

    /** The values of a key, separated by slashes; null if the key is null. */
    public static @Nullable String ofKey(@Nullable Schema schema, @Nullable Object key) {
        if (key instanceof Struct struct && !Canonical.ScaledNumber.is(struct.schema())) {
            return struct.schema().fields().stream()
                    .map(field -> text(field.schema(), Schemas.withoutDefault(struct, field)))
                    .collect(Collectors.joining("/"));
        }
        if (key instanceof Map<?, ?> map) {
            return map.values().stream().map(value -> text(null, value)).collect(Collectors.joining("/"));
        }
        return key == null ? null : text(schema, key);
    }

    /** A value; the word null for a null. */
    public static String text(@Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return Canonical.isBytes(value)
                ? HexFormat.of().formatHex(Canonical.bytes(value, schema))
                : Canonical.text(value, schema);
    }
}
