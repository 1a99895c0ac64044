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
 * The options of {@link TrafficCommand}.
 *
 * @param url the JDBC URL of the database
 * @param user the role; its password is in {@code PGPASSWORD}
 * @param rate actions per second
 * @param mix the frequency of each kind of action
 * @param seed the seed of all random decisions
 * @param length how long it runs; empty for until it is ended
 */
record TrafficOptions(String url, String user, double rate, TrafficMix mix, long seed, Optional<Duration> length) {

    static final String USAGE = """
            --url=jdbc:postgresql://HOST:PORT/DATABASE   the database of the shop
            --user=ROLE       the role (default postgres); its password is read from PGPASSWORD
            --rate=N          actions per second (default 20)
            --seed=N          repeats a sequence of actions, if the tables have the same rows
            --seconds=N       ends after N seconds; by default it runs until it is ended
            --mix=KIND=N,…    times per round for each kind of action, instead of those of a working day:
                              %s""".formatted(mixOf(TrafficMix.WORKING_DAY));

    private static final Set<String> KNOWN = Set.of("url", "user", "rate", "seed", "seconds", "mix");

    /** @throws IllegalArgumentException if an argument is wrong; the message says which one and why */
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
            throw new IllegalArgumentException("--url=jdbc:postgresql://… is required");
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
            // Reported below, like a negative number.
        }
        throw new IllegalArgumentException("--" + name + " takes a number of at least 0, not " + text);
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
                        "--mix takes KIND=N with N of at least 0, not '" + each + "'; the kinds are "
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
