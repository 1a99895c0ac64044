// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.nio.ByteBuffer;
import org.apache.kafka.connect.errors.DataException;

/**
 * The bytes before a value: a zero, and the id of its schema in four bytes, the first one first. This is the wire
 * format of Confluent's serializers.
 */
final class MessageFormat {

    static final int HEADER = 1 + Integer.BYTES;

    private MessageFormat() {}

    static byte[] header(int id) {
        return ByteBuffer.allocate(HEADER).put((byte) 0).putInt(id).array();
    }

    /** The id of the schema of a message. */
    static int idOf(byte[] message) {
        if (message.length < HEADER || message[0] != 0) {
            throw new DataException("The message was not written with a schema of a registry: it does not begin with a "
                    + "zero and an id");
        }
        return ByteBuffer.wrap(message).getInt(1);
    }
}
