// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.tail;

import dev.tributary.sandbox.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The options of a run.
 *
 * @param file the connector's configuration
 * @param seconds how long it runs; empty for until Ctrl-C
 * @param events how many events it prints; empty for no limit
 */
record TailOptions(Path file, Optional<Duration> seconds, OptionalLong events) {

    static final String USAGE = """
            tributary tail config.json [--seconds N] [--events N]
              Runs the connector of config.json without Kafka, applies its transforms if they are Tributary's,
              Debezium's or Kafka's, and prints each event as a line of JSON. It uses a
              temporary slot, and a temporary publication if the one in config.json is missing or lacks something, and
              drops them at the end, so a running connector and its slot are not affected. It does not store offsets:
              each run starts from the beginning.
              --seconds N    ends after N seconds
              --events N     ends after N events""";

    static TailOptions parse(List<String> arguments) {
        @Nullable Path file = null;
        Optional<Duration> seconds = Optional.empty();
        OptionalLong events = OptionalLong.empty();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--seconds" -> seconds = Optional.of(Duration.ofSeconds(number(argument, rest)));
                case "--events" -> events = OptionalLong.of(number(argument, rest));
                default -> {
                    if (argument.startsWith("-") || file != null) {
                        throw new UsageException("unknown argument " + argument);
                    }
                    file = Path.of(argument);
                }
            }
        }
        if (file == null) {
            throw new UsageException("expected a JSON file with the connector's options");
        }
        return new TailOptions(file, seconds, events);
    }

    private static long number(String option, Iterator<String> rest) {
        String given = rest.hasNext() ? rest.next() : "nothing";
        if (!given.matches("[1-9][0-9]{0,8}")) {
            throw new UsageException(option + " takes a whole number from 1, not " + given);
        }
        return Long.parseLong(given);
    }
}
