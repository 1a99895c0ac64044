// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sandbox.Distribution;
import dev.tributary.sandbox.UsageException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The options of the demo.
 *
 * @param seconds how long the traffic runs; empty for until Ctrl-C
 * @param postgres the major version of Postgres
 * @param rate business actions per second
 * @param seed the seed of the traffic
 * @param keep whether data and logs are kept
 * @param all whether every event is printed, even if there are many
 * @param avro whether the change events are in Avro, with a schema registry
 */
record DemoOptions(
        Optional<Duration> seconds, int postgres, double rate, long seed, boolean keep, boolean all, boolean avro) {

    static final String USAGE = """
            tributary demo [--seconds N] [--postgres 14..18] [--rate N] [--seed N] [--keep] [--all]
                         [--avro]
              Starts Postgres with a sample shop, a Kafka broker, a Connect worker with the connector, and two services
              that read the topics: order-board, a web page of orders, and sales. Everything runs on this machine.
              Prints the change events as they arrive, until Ctrl-C.
              --seconds N    ends after N seconds of traffic; the exit code is 0 if all changes arrived, else 1
              --postgres V   Postgres version, 14 to 18 (default 18)
              --rate N       business actions per second (default 20)
              --seed N       seed of the sequence of actions (default 1)
              --keep         keeps data and logs at the end
              --all          prints every event; otherwise only a sample if there are many
              --avro         writes the change events in Avro, with a schema registry (a download of 140 MB)""";

    static DemoOptions parse(List<String> arguments) {
        DemoOptions options = new DemoOptions(Optional.empty(), 18, 20, 1, false, false, false);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private DemoOptions with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--seconds" -> {
                Duration length = Duration.ofSeconds(number(option, rest, 1, 86_400));
                yield new DemoOptions(Optional.of(length), postgres, rate, seed, keep, all, avro);
            }
            case "--postgres" -> {
                int oldest = Distribution.POSTGRES_VERSIONS.get(0);
                int newest = Distribution.POSTGRES_VERSIONS.get(Distribution.POSTGRES_VERSIONS.size() - 1);
                yield new DemoOptions(seconds, (int) number(option, rest, oldest, newest), rate, seed, keep, all, avro);
            }
            case "--rate" ->
                new DemoOptions(seconds, postgres, number(option, rest, 1, 100_000), seed, keep, all, avro);
            case "--seed" ->
                new DemoOptions(seconds, postgres, rate, number(option, rest, 0, Integer.MAX_VALUE), keep, all, avro);
            case "--keep" -> new DemoOptions(seconds, postgres, rate, seed, true, all, avro);
            case "--all" -> new DemoOptions(seconds, postgres, rate, seed, keep, true, avro);
            case "--avro" -> new DemoOptions(seconds, postgres, rate, seed, keep, all, true);
            default -> throw new UsageException("unknown option " + option);
        };
    }

    private static long number(String option, Iterator<String> rest, long least, long most) {
        String expected = option + " takes a whole number from " + least + " to " + most;
        if (!rest.hasNext()) {
            throw new UsageException(expected);
        }
        String given = rest.next();
        try {
            long number = Long.parseLong(given);
            if (number < least || number > most) {
                throw new UsageException(expected + ", not " + given);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new UsageException(expected + ", not " + given);
        }
    }
}
