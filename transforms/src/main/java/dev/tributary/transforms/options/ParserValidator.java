// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.options;

import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * A value is valid if it can be parsed; what the parser has against it is the message.
 *
 * @param valid says what is valid, for the documentation
 * @param parser throws {@link IllegalArgumentException} for what is not; not asked for a value that is missing
 */
record ParserValidator<T>(String valid, Consumer<T> parser) implements Validator {

    @Override
    @SuppressWarnings("unchecked") // the option's type, which Kafka has parsed it to
    public void ensureValid(String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            parser.accept((T) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, shown(value), e.getMessage());
        }
    }

    private static Object shown(Object value) {
        return value instanceof Password ? Password.HIDDEN : value;
    }

    @Override
    public String toString() {
        return valid;
    }
}
