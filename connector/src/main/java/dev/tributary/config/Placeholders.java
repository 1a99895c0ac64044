// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigTransformer;

/**
 * Finds references to a config provider that the worker has not replaced (KIP-297). It leaves a reference as it is if
 * it knows no provider of that name, or if the provider does not know the key. Used as a value, the reference would be
 * a password or a key that everybody can read.
 */
public final class Placeholders {

    /** Text in braces: as a whole password it is a reference in the syntax of another tool. */
    private static final Pattern WHOLE = Pattern.compile("\\$\\{[^{}]+}");

    private Placeholders() {}

    /** What is wrong with each option whose value contains a reference, by the name of the option. */
    public static Map<String, String> unresolved(Map<String, String> properties) {
        Map<String, String> problems = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (!isOfTransform(name)) {
                Matcher reference = ConfigTransformer.DEFAULT_PATTERN.matcher(value);
                if (reference.find()) {
                    problems.put(name, unresolved(reference.group(), "config provider '" + reference.group(1) + "'"));
                } else if (WHOLE.matcher(value).matches() && isPassword(name)) {
                    problems.put(name, unresolved(value, "tool that replaces it"));
                }
            }
        });
        return problems;
    }

    private static String unresolved(String reference, String provider) {
        return "unresolved placeholder " + reference + "; is the " + provider + " set up, and does it know the key?"
                + " The text itself would be used as the value. Fix: set config.providers in the configuration of"
                + " every worker, or correct the reference.";
    }

    /** A transform defines and checks its own options; braces may mean something else there. */
    private static boolean isOfTransform(String name) {
        return name.startsWith("transforms.") || name.startsWith("predicates.");
    }

    private static boolean isPassword(String name) {
        ConfigDef.ConfigKey key = Options.definition().configKeys().get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }
}
