// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import dev.tributary.row.JsonText;

/** Writes values of one schema. */
@FunctionalInterface
interface JsonWriter {

    /**
     * Writes a value.
     *
     * @param value a value of the schema; not null
     * @throws RuntimeException if it is not of the schema or cannot be written; the output so far must then be
     *     discarded
     */
    void write(Object value, JsonText json);
}
