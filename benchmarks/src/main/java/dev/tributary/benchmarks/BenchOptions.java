// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import dev.tributary.sandbox.UsageException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a benchmark on the command line, each with or without a value. */
final class BenchOptions {

    private static final Set<String> FLAGS = Set.of("--docs");
    private static final Set<String> VALUES = Set.of(
            "--rounds",
            "--rows",
            "--snapshot-rows",
            "--warm-up",
            "--rate",
            "--seconds",
            "--heap",
            "--megabytes",
            "--huge-rows",
            "--contestants",
            "--scenarios",
            "--json",
            "--svg");

    private final Map<String, String> given;

    private BenchOptions(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    static BenchOptions parse(List<String> arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (FLAGS.contains(option)) {
                given.put(option, "");
            } else if (!VALUES.contains(option)) {
                throw new UsageException("unknown option " + option);
            } else if (!rest.hasNext()) {
                throw new UsageException(option + " takes a value");
            } else {
                given.put(option, rest.next());
            }
        }
        return new BenchOptions(given);
    }

    boolean has(String flag) {
        return given.containsKey(flag);
    }

    Optional<Path> file(String option) {
        return Optional.ofNullable(given.get(option)).map(Path::of);
    }

    String text(String option, String otherwise) {
        return given.getOrDefault(option, otherwise);
    }

    /** A positive whole number. */
    int number(String option, int otherwise) {
        String text = given.get(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new UsageException(option + " takes a positive whole number, not " + text);
    }

    /** Some of the names, comma separated; empty if the option is not given. */
    List<String> someOf(String option, List<String> names) {
        String text = given.get(option);
        if (text == null) {
            return List.of();
        }
        List<String> chosen = List.of(text.split(",", -1));
        if (!names.containsAll(chosen)) {
            throw new UsageException(option + " takes some of " + String.join(",", names) + ", not " + text);
        }
        return chosen;
    }
}
