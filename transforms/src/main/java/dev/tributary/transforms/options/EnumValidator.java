// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the constants of an enum, written in lower case with hyphens. Case matters, as it does for all options.
 *
 * @param <E> the enum
 */
record EnumValidator<E extends Enum<E>>(Class<E> type) implements Validator {

    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    List<String> texts() {
        return Arrays.stream(type.getEnumConstants()).map(EnumValidator::text).toList();
    }

    /** @throws ConfigException if the value is none of them */
    E parse(String name, @Nullable Object value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> text(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new ConfigException(name, value, "must be " + this));
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        parse(name, value);
    }

    @Override
    public String toString() {
        return "one of " + String.join(", ", texts());
    }
}
