// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.nio.ByteBuffer;
import org.apache.avro.generic.GenericFixed;
import org.apache.kafka.connect.errors.DataException;

/** Bytes in the forms that Connect and Avro have for them. */
final class ByteValues {

    private ByteValues() {}

    /** The bytes of an array, of what remains in a buffer, or of a fixed. */
    static byte[] copyOf(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        throw new DataException(
                "Bytes must be an array or a buffer, not a " + value.getClass().getName());
    }
}
