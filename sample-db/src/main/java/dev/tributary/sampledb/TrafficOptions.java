// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What {@link TrafficCommand} was asked for.
 *
 * @param url of the database, for JDBC
 * @param user the role; its password comes from {@code PGPASSWORD}
 * @param rate actions per second
 * @param mix how often each kind happens
 * @param seed what decides everything that is left to chance
 * @param length how long; until it is ended without
 */
record TrafficOptions(String url, String user, double rate, TrafficMix mix, long seed, Optional<Duration> length) {

    static final String USAGE = """
            --url=jdbc:postgresql://HOST:PORT/DATABASE   a database with the shop in it
            --user=ROLE       postgres by default; the password is taken from PGPASSWORD
            --rate=N          actions per second (20)
            --seed=N          the same sequence of actions each time; only on the same rows, for it has keys in it
            --seconds=N       ends after N seconds; without, when it is ended
            --mix=KIND=N,…    how often a kind happens in a round, in place of a working day's:
                              %s""".formatted(mixOf(TrafficMix.WORKING_DAY));

    private static final Set<String> KNOWN = Set.of("url", "user", "rate", "seed", "seconds", "mix");

    /** @throws IllegalArgumentException if one is wrong; the message says which and why */
    static TrafficOptions parse(List<String> arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("unknown option " + argument);
            }
            given.put(name, argument.substring(equals + 1));
        }
        String url = given.get("url");
        if (url == null || !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("--url=jdbc:postgresql://… is needed");
        }
        return new TrafficOptions(
                url,
                given.getOrDefault("user", "postgres"),
                rate(given),
                mix(given.getOrDefault("mix", "")),
                number(given, "seed", Long::valueOf).orElseGet(System::nanoTime),
                number(given, "seconds", Long::valueOf).map(Duration::ofSeconds));
    }

    private static double rate(Map<String, String> given) {
        double rate = number(given, "rate", Double::valueOf).orElse(20.0);
        if (rate == 0) {
            throw new IllegalArgumentException("--rate must be more than 0");
        }
        return rate;
    }

    private static <N extends Number> Optional<N> number(
            Map<String, String> given, String name, Function<String, N> parser) {
        String text = given.get(name);
        try {
            N number = text == null ? null : parser.apply(text);
            if (number == null || number.doubleValue() >= 0) {
                return Optional.ofNullable(number);
            }
        } catch (NumberFormatException e) {
            // Told below, as a number below 0 is.
        }
        throw new IllegalArgumentException("--" + name + " takes a number from 0, not " + text);
    }

    private static TrafficMix mix(String text) {
        Map<TrafficMix.Kind, Integer> times = new EnumMap<>(TrafficMix.WORKING_DAY.perRound());
        for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = each.indexOf('=');
            try {
                String kind = each.substring(0, Math.max(0, equals)).strip().toUpperCase(Locale.ROOT);
                times.put(
                        TrafficMix.Kind.valueOf(kind),
                        Integer.parseUnsignedInt(each.substring(equals + 1).strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "--mix takes KIND=N with N from 0, not '" + each + "'; the kinds are "
                                + mixOf(TrafficMix.WORKING_DAY),
                        e);
            }
        }
        return new TrafficMix(times);
    }

    private static String mixOf(TrafficMix mix) {
        StringBuilder text = new StringBuilder();
        mix.perRound()
                .forEach((kind, times) -> text.append(text.isEmpty() ? "" : ",")
                        .append(kind.name().toLowerCase(Locale.ROOT))
                        .append('=')
                        .append(times));
        return text.toString();
    }
}
