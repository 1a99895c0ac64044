// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The types whose values a truncation leaves as they are: the options have them sent neither as text nor as bytes. This
 * is what can be said without the schema of the records; a type that is not among them may be one all the same.
 *
 * @param names their names in {@code pg_type}
 */
public record UncutTypes(Set<String> names) {

    /** Stands for all types of arrays. */
    public static final String ARRAY = "array";

    private static final Set<String> ALWAYS = Set.of(
            ARRAY,
            "bool",
            "int2",
            "int4",
            "int8",
            "oid",
            "float4",
            "float8",
            "bit",
            "varbit",
            "point",
            "geometry",
            "geography",
            "vector",
            "halfvec",
            "sparsevec");

    public UncutTypes {
        names = Set.copyOf(names);
    }

    /** They depend on the options that choose between a text and something else; a converter decides for itself. */
    public static UncutTypes of(Map<String, String> properties) {
        if (!properties.getOrDefault("converters", "").isBlank()) {
            return new UncutTypes(Set.of());
        }
        Set<String> names = new HashSet<>(ALWAYS);
        addUnless("decimal.handling.mode", "string", properties, names, "numeric", "money");
        addUnless("interval.handling.mode", "string", properties, names, "interval");
        addUnless("time.precision.mode", "isostring", properties, names, "date", "time", "timestamp");
        if ("map".equalsIgnoreCase(properties.get("hstore.handling.mode"))) {
            names.add("hstore");
        }
        return new UncutTypes(names);
    }

    private static void addUnless(
            String option, String asText, Map<String, String> properties, Set<String> names, String... types) {
        if (!asText.equalsIgnoreCase(properties.get(option))) {
            names.addAll(Set.of(types));
        }
    }
}
