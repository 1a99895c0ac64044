// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import dev.tributary.row.JsonText;
import java.util.Arrays;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes whole values of one schema. It is used only after its output for the first value was the same as that of
 * Connect's own converter, which also provides the description of the schema if that is part of the output.
 */
final class SchemaWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaWriter.class);
    private static final byte[] NONE = {};

    private final Schema schema;
    private final @Nullable NullableWriter payload;
    private final boolean withSchema;
    private volatile State state = State.NEW;

    /** The bytes before the payload: the description of the schema. */
    private volatile byte[] prefix = NONE;

    private enum State {
        NEW,
        TRUSTED,
        GIVEN_UP
    }

    /**
     * @param payload writes the values; null if no writer can be compiled from the schema
     * @param withSchema {@code schemas.enable}
     */
    SchemaWriter(Schema schema, @Nullable NullableWriter payload, boolean withSchema) {
        this.schema = schema;
        this.payload = payload;
        this.withSchema = withSchema;
        if (payload == null) {
            state = State.GIVEN_UP;
        }
    }

    boolean isTrusted() {
        return state == State.TRUSTED;
    }

    boolean isGivenUp() {
        return state == State.GIVEN_UP;
    }

    /**
     * Writes a value.
     *
     * @param whole whether to write the description of the schema too, if {@code schemas.enable} is set; only if this
     *     is {@link #isTrusted() trusted}
     */
    byte[] write(@Nullable Object value, boolean whole, JsonText text) {
        if (payload == null) {
            throw new IllegalStateException("There is no writer for this schema");
        }
        boolean wrapped = whole && withSchema;
        if (wrapped) {
            text.raw(prefix);
        }
        payload.write(value, text);
        if (wrapped) {
            text.raw('}');
        }
        return text.copyFrom(0);
    }

    /**
     * Compares a payload with the output of Connect's own converter.
     *
     * @param written the payload
     * @param expected the whole output of Connect's converter
     */
    void compare(byte[] written, byte[] expected) {
        int start = withSchema ? expected.length - 1 - written.length : 0;
        int end = withSchema ? expected.length - 1 : expected.length;
        if (start >= 0 && Arrays.equals(written, 0, written.length, expected, start, end)) {
            prefix = Arrays.copyOf(expected, start);
            state = State.TRUSTED;
        } else {
            state = State.GIVEN_UP;
            LOG.warn(
                    "The output for schema {} differs from that of Connect's JsonConverter, which writes its values"
                            + " from now on; please report this",
                    schema.name());
        }
    }
}
