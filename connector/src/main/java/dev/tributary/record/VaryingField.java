// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import dev.tributary.row.AvroBytes;
import dev.tributary.row.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A field that differs from record to record, in a struct whose other fields do not.
 *
 * @param <P> what the value is read from: the place of the record in the stream or in the snapshot
 */
@FunctionalInterface
public interface VaryingField<P> {

    @Nullable
    Object read(P place);

    /** Writes the value as JSON without creating it; returns false if it wrote nothing. */
    default boolean write(P place, JsonText json) {
        return false;
    }

    /** Writes the value in Avro's encoding without creating it; returns false if it wrote nothing. */
    default boolean write(P place, AvroBytes avro) {
        return false;
    }
}
