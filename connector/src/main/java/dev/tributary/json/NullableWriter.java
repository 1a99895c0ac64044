// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import dev.tributary.row.JsonText;
import org.jspecify.annotations.Nullable;

/** Writes values of one schema, including null. */
final class NullableWriter {

    private final JsonWriter values;
    private final byte @Nullable [] nulls;

    /**
     * @param values writes values other than null
     * @param nulls the JSON for null; null if null is not allowed
     */
    NullableWriter(JsonWriter values, byte @Nullable [] nulls) {
        this.values = values;
        this.nulls = nulls;
    }

    void write(@Nullable Object value, JsonText json) {
        if (value != null) {
            values.write(value, json);
        } else if (nulls != null) {
            json.raw(nulls);
        } else {
            throw new IllegalArgumentException("A required field is null");
        }
    }
}
