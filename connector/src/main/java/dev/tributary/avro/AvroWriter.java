// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.row.AvroBytes;

/** Writes values of one schema in Avro's binary encoding. */
@FunctionalInterface
interface AvroWriter {

    /**
     * Writes a value.
     *
     * @param value a value of the schema; not null
     * @throws RuntimeException if it is not of the schema; the output so far must then be discarded
     */
    void write(Object value, AvroBytes avro);
}
