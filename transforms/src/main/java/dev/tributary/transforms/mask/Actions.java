// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.Canonical;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Applies actions to single values: those that are not a struct, a map or an array. Not thread-safe. */
public final class Actions {

    private final Redaction redaction;
    private final Placeholder placeholder;
    private final @Nullable Hasher hasher;
    private final @Nullable Encryptor encryptor;

    /**
     * @param redaction the text that replaces texts
     * @param placeholder the value that the connector writes for one that was not sent
     * @param hasher null if no rule hashes
     * @param encryptor null if no rule encrypts
     */
    public Actions(String redaction, String placeholder, @Nullable Hasher hasher, @Nullable Encryptor encryptor) {
        this.redaction = new Redaction(redaction);
        this.placeholder = new Placeholder(placeholder);
        this.hasher = hasher;
        this.encryptor = encryptor;
    }

    /** Another record begins. */
    void nextRecord() {
        if (encryptor != null) {
            encryptor.nextRecord();
        }
    }

    /** Applies an action to the values of a schema. */
    Mask of(Action action, Schema schema) {
        return switch (action.kind()) {
            case KEEP -> value -> value;
            case NULL -> value -> null;
            case REDACT -> redaction.of(schema);
            case TRUNCATE ->
                isTruncatable(schema)
                        ? value -> placeholder.is(value) ? value : truncated(value, action.length())
                        : redaction.of(schema);
            case ENCRYPT -> value -> text(action, value, schema);
            case HASH, ENCRYPT_DETERMINISTIC -> new CachedMask(value -> text(action, value, schema));
        };
    }

    private static boolean isTruncatable(Schema schema) {
        return schema.type() == Schema.Type.STRING
                || (schema.type() == Schema.Type.BYTES && !Decimal.LOGICAL_NAME.equals(schema.name()));
    }

    /** The result of an action on a value without a schema. */
    @Nullable
    Object of(Action action, Object value) {
        return switch (action.kind()) {
            case KEEP -> value;
            case NULL -> null;
            case REDACT -> redaction.of(value);
            case TRUNCATE -> {
                if (placeholder.is(value)) {
                    yield value;
                }
                yield value instanceof String || Canonical.isBytes(value)
                        ? truncated(value, action.length())
                        : redaction.of(value);
            }
            case HASH, ENCRYPT, ENCRYPT_DETERMINISTIC -> text(action, value, null);
        };
    }

    /** What replaces a text that should be a JSON document but is not. */
    @Nullable
    Object ofInvalidDocument(@Nullable Action action, String text, @Nullable String schemaName) {
        return action == null || action.is(Action.Kind.KEEP) || action.is(Action.Kind.REDACT)
                ? redaction.text(schemaName)
                : of(action, text);
    }

    /** Whether the value is the placeholder of one that was not sent. */
    boolean isPlaceholder(Object value) {
        return placeholder.is(value);
    }

    /**
     * The placeholder as text, for arrays of numbers that become texts, if the numbers are the placeholder; otherwise
     * null.
     */
    @Nullable
    List<Object> placeholder(List<?> numbers) {
        return placeholder.isNumbers(numbers) ? List.of(placeholder.text()) : null;
    }

    private Object text(Action action, Object value, @Nullable Schema schema) {
        if (placeholder.is(value)) {
            return value instanceof String ? value : placeholder.text();
        }
        byte[] bytes = Canonical.bytes(value, schema);
        if (action.hashes()) {
            return Objects.requireNonNull(hasher).hash(bytes);
        }
        Form form = action.is(Action.Kind.ENCRYPT) ? Form.RANDOM : Form.DETERMINISTIC;
        return Objects.requireNonNull(encryptor)
                .encrypt(form, Canonical.isBytes(value) ? Form.BYTES : Form.TEXT, bytes);
    }

    private static Object truncated(Object value, int length) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length()) <= length
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, length));
        }
        if (value instanceof byte[] bytes) {
            return bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
        }
        ByteBuffer part = ((ByteBuffer) value).duplicate();
        part.limit(part.position() + Math.min(length, part.remaining()));
        return part.slice();
    }

    /** Remembers its last result: most values are the same before and after a change. */
    private static final class CachedMask implements Mask {

        private final Mask mask;
        private @Nullable Object lastValue;
        private @Nullable Object lastResult;

        CachedMask(Mask mask) {
            this.mask = mask;
        }

        @Override
        public @Nullable Object of(Object value) {
            if (!(value instanceof String || value instanceof Number)) {
                // A mutable value may have changed although the reference is the same.
                return mask.of(value);
            }
            if (!value.equals(lastValue)) {
                lastResult = mask.of(value);
                lastValue = value;
            }
            return lastResult;
        }
    }
}
