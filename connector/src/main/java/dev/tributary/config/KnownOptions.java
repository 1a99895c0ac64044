// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds options that neither the connector nor Connect reads.
 *
 * <p>Connect passes every option through, so a misspelt name has no effect and no error. This class reports it.
 */
public final class KnownOptions {

    /** The options that Connect reads in the configuration of a source connector, KIP-26 and later. */
    private static final Set<String> CONNECT = Set.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "tasks.max",
            "tasks.max.enforce",
            "key.converter",
            "key.converter.plugin.version",
            "value.converter",
            "value.converter.plugin.version",
            "header.converter",
            "header.converter.plugin.version",
            "config.action.reload",
            "transforms",
            "predicates",
            "errors.retry.timeout",
            "errors.retry.delay.max.ms",
            "errors.tolerance",
            "errors.log.enable",
            "errors.log.include.messages",
            "topic.creation.groups",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic",
            "task.id",
            "task.class");

    private static final List<String> CONNECT_PREFIXES = List.of(
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "transforms.",
            "predicates.",
            "topic.creation.",
            "producer.override.",
            "consumer.override.",
            "admin.override.");

    /** The options that Connect reads for each transform and predicate. */
    private static final Pattern ALIAS_TYPE =
            Pattern.compile("(transforms|predicates)\\.[^.]+\\.(type|predicate|negate|plugin\\.version)");

    private KnownOptions() {}

    /** A warning for each unknown name in the given configuration, with the most similar known name. */
    public static List<String> warnings(Map<String, String> written) {
        Set<String> known = names();
        return unknownIn(written).stream()
                .map(name -> "Option " + LoggedOptions.name(name) + " is unknown and has no effect."
                        + Nearest.to(name, known).stream()
                                .findFirst()
                                .map(near -> " Did you mean " + near + "?")
                                .orElse(""))
                .toList();
    }

    /** The unknown names in the given configuration, sorted. */
    static Collection<String> unknownIn(Map<String, String> written) {
        Set<String> known = names();
        List<String> configured = configuredPrefixes(written);
        Set<String> unknown = new TreeSet<>();
        for (String name : written.keySet()) {
            if (!known.contains(name)
                    && DebeziumFields.families().stream()
                            .noneMatch(family -> family.pattern().matcher(name).matches())
                    && CONNECT_PREFIXES.stream().noneMatch(name::startsWith)
                    && configured.stream().noneMatch(name::startsWith)) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    /** Whether Connect itself defines an option, so that no plugin gives it a meaning. */
    static boolean isConnects(String name) {
        return CONNECT.contains(name)
                || name.startsWith("topic.creation.")
                || ALIAS_TYPE.matcher(name).matches();
    }

    /** Every known name with a fixed spelling. */
    private static Set<String> names() {
        Set<String> names = new TreeSet<>(Options.definition().names());
        names.addAll(CONNECT);
        return names;
    }

    /** The options of each entry in {@code converters} and {@code post.processors} begin with its name and a dot. */
    private static List<String> configuredPrefixes(Map<String, String> written) {
        return Stream.of("converters", "post.processors")
                .flatMap(list -> Stream.of(written.getOrDefault(list, "").split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name + ".")
                .toList();
    }
}
