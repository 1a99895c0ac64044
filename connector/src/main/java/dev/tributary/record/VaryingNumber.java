// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import dev.tributary.row.AvroBytes;
import dev.tributary.row.JsonText;

/**
 * A varying field that is never null, and whose value is a 64-bit integer.
 *
 * @param <P> what the value is read from
 */
@FunctionalInterface
public interface VaryingNumber<P> extends VaryingField<P> {

    long number(P place);

    @Override
    default Object read(P place) {
        return number(place);
    }

    @Override
    default boolean write(P place, JsonText json) {
        json.number(number(place));
        return true;
    }

    @Override
    default boolean write(P place, AvroBytes avro) {
        avro.number(number(place));
        return true;
    }
}
