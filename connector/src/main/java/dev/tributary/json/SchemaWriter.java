// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import dev.tributary.row.JsonText;
import java.util.Arrays;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes whole values of one schema, after having shown with the first one that it writes what Connect's own converter
 * writes. The description of the schema, where it is sent along, is taken from there.
 */
final class SchemaWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaWriter.class);
    private static final byte[] NONE = {};

    private final Schema schema;
    private final @Nullable NullableWriter payload;
    private final boolean withSchema;
    private volatile State state = State.NEW;

    /** What stands before the payload: the description of the schema. */
    private volatile byte[] prefix = NONE;

    private enum State {
        NEW,
        TRUSTED,
        GIVEN_UP
    }

    /**
     * @param payload writes the values; null when the schema is one that nothing can be compiled from
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
     * @param whole whether the description of the schema is to be written, too, if it is sent along; only if this is {@link
     *     #isTrusted() trusted}
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
     * Compares a payload with the whole that Connect's own converter writes.
     *
     * @param written the payload
     * @param expected what it should lead to
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
                    "Values of schema {} are left to Connect's own JSON converter, which writes them differently;"
                            + " please report this",
                    schema.name());
        }
    }
}
