// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.options;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Refuses references to a config provider that the worker has not replaced (KIP-297). It leaves a reference as it is if
 * it knows no provider of that name, or if the provider does not know the key. As the key of a hash, say, it would be
 * known to everybody.
 *
 * @param validator checks other values; null if all are valid
 */
record Resolved(@Nullable Validator validator) implements Validator {

    /** Text in braces: as a whole secret it is a reference in the syntax of another tool. */
    private static final Pattern WHOLE = Pattern.compile("\\$\\{[^{}]+}");

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        String text = text(value);
        Matcher reference = ConfigTransformer.DEFAULT_PATTERN.matcher(text);
        if (reference.find()) {
            throw unresolved(name, reference.group(), "config provider '" + reference.group(1) + "'");
        }
        if (value instanceof Password && WHOLE.matcher(text).matches()) {
            throw unresolved(name, text, "tool that replaces it");
        }
        if (validator != null) {
            validator.ensureValid(name, value);
        }
    }

    private static ConfigException unresolved(String name, String reference, String provider) {
        return new ConfigException(name + ": unresolved placeholder " + reference + "; is the " + provider
                + " set up, and does it know the key? The text itself would be used as the value. Fix: set"
                + " config.providers in the configuration of every worker, or correct the reference.");
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Password password) {
            return password.value();
        }
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        return String.valueOf(value);
    }

    @Override
    public String toString() {
        return validator == null ? "" : validator.toString();
    }
}
