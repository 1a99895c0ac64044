// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.options;

import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * A validator that accepts a value if it can be parsed. The parser's message says what is wrong.
 *
 * @param valid describes the valid values, for the documentation
 * @param parser throws {@link IllegalArgumentException} if the value is not valid; not called if there is no value
 */
record ParserValidator<T>(String valid, Consumer<T> parser) implements Validator {

    @Override
    @SuppressWarnings("unchecked") // Kafka has parsed the value to the option's type
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
