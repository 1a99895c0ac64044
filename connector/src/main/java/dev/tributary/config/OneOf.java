// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Accepts one of a few words, ignoring case, and recommends them. */
record OneOf(List<String> words) implements ConfigDef.Validator, ConfigDef.Recommender {

    static OneOf constantsOf(Class<? extends Enum<?>> type) {
        return new OneOf(
                Arrays.stream(type.getEnumConstants()).map(OneOf::textOf).toList());
    }

    /** An enum constant as a configuration writes it. */
    static String textOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value == null || !words.contains(value.toString().toLowerCase(Locale.ROOT))) {
            throw new ConfigException(name, value, "must be one of " + this);
        }
    }

    @Override
    public List<Object> validValues(String name, Map<String, Object> config) {
        return List.copyOf(words);
    }

    @Override
    public boolean visible(String name, Map<String, Object> config) {
        return true;
    }

    @Override
    public String toString() {
        return String.join(", ", words);
    }
}
