// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import dev.tributary.sandbox.UsageException;
import dev.tributary.sandbox.chaos.arena.Boundary;
import dev.tributary.sandbox.chaos.arena.Delivery;
import dev.tributary.sandbox.chaos.arena.Mode;
import dev.tributary.sandbox.chaos.arena.Profile;
import dev.tributary.sandbox.chaos.fault.Faults;
import dev.tributary.sandbox.chaos.mutant.Mutant;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of a run.
 *
 * @param seconds after which time no further fault is injected; empty if only their number counts
 * @param faults how many are injected at most
 * @param seed what everything is drawn from
 * @param delivery what workers and connector promise
 * @param profile the size
 * @param only the families, or kinds, to draw from; empty for all
 * @param steps the steps of the schedule that are taken; empty for all
 * @param perRound after how many faults everything is checked, and begun anew
 * @param mutant the fault that is put into the connector; empty for none
 * @param keep whether data and logs are kept
 */
record ChaosOptions(
        Optional<Duration> seconds,
        int faults,
        long seed,
        Delivery delivery,
        Profile profile,
        Set<String> only,
        Set<Integer> steps,
        int perRound,
        Optional<Mutant> mutant,
        boolean keep) {

    static final String USAGE = """
            tributary chaos [--seconds N] [--faults N] [--seed N] [--mode at-least-once|exactly-once]
                            [--boundary connector|poll|interval] [--profile small|full] [--only NAME,...] [--steps N,...]
                            [--round N] [--mutant NAME] [--keep]
              Starts Postgres with two standbys, three Kafka brokers and two Connect workers with the connector, on this
              machine, writes to the tables all the time, and injects faults: kills, partitions, failovers, full disks,
              clocks that jump, changes of tables, of rights and of the connector. Then compares what arrived with what
              was committed. The exit code is 0 if nothing was lost, out of order, torn or silent, else 1.
              --seconds N    injects no further fault after N seconds
              --faults N     the number of faults (default 20, or without limit if --seconds is given)
              --seed N       seed of schedule and load (default: a random one, which is printed)
              --mode M       what the workers promise (default at-least-once)
              --boundary B   where transactions of Kafka end with exactly-once: with those of the database (connector, the
                             default; then no transaction of the database may be torn), or as Connect decides
              --profile P    small (for tests: less content, no disks and clocks, no shorter schedule) or full (default)
              --only NAME    draws from these families or kinds only; the families are
                             %s
              --steps N      takes only these steps of the schedule, as a failed run proposes
              --round N      checks, and begins with new servers, after N faults (default 25),
                             or after as many records as fit into memory
              --mutant NAME  breaks the connector's code first, and expects that the run finds it: the exit code is 0 if
                             it does:
                             %s
              --keep         keeps data and logs at the end""".formatted(wrapped(Faults.families()), wrapped(Mutant.titles()));

    private static final int MOST = 1_000_000;

    private static String wrapped(Collection<String> names) {
        return String.join(", ", names).replaceAll("(.{60,80},) ", "$1\n                 ");
    }

    static ChaosOptions parse(List<String> arguments) {
        Builder options = new Builder();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            options.read(rest.next(), rest);
        }
        return options.build();
    }

    /** The same with a mutant, and the faults with which it must be found. */
    ChaosOptions with(Mutant other) {
        return new ChaosOptions(
                seconds,
                faults,
                seed,
                other.needsExactlyOnce() ? new Delivery(Mode.EXACTLY_ONCE, Boundary.CONNECTOR) : delivery,
                profile,
                Set.of(other.faults().split(",")),
                steps,
                perRound,
                Optional.of(other),
                keep);
    }

    private static final class Builder {

        private Optional<Duration> seconds = Optional.empty();
        private int faults;
        private long seed = System.nanoTime() & Integer.MAX_VALUE;
        private Mode mode = Mode.AT_LEAST_ONCE;
        private Optional<Boundary> boundary = Optional.empty();
        private Profile profile = Profile.FULL;
        private Set<String> only = Set.of();
        private Set<Integer> steps = Set.of();
        private int perRound = 25;
        private Optional<Mutant> mutant = Optional.empty();
        private boolean keep;

        void read(String option, Iterator<String> rest) {
            switch (option) {
                case "--seconds" -> seconds = Optional.of(Duration.ofSeconds(number(option, rest)));
                case "--faults" -> faults = number(option, rest);
                case "--seed" -> seed = number(option, rest);
                case "--mode" -> {
                    String name = text(option, rest);
                    mode = Mode.named(name).orElseThrow(() -> new UsageException("there is no mode " + name));
                }
                case "--boundary" -> {
                    String name = text(option, rest);
                    boundary = Optional.of(
                            Boundary.named(name).orElseThrow(() -> new UsageException("there is no boundary " + name)));
                }
                case "--profile" -> {
                    String name = text(option, rest);
                    profile = Profile.named(name).orElseThrow(() -> new UsageException("there is no profile " + name));
                }
                case "--only" -> only = names(text(option, rest));
                case "--steps" -> steps = numbers(text(option, rest));
                case "--round" -> perRound = Math.max(1, number(option, rest));
                case "--mutant" -> {
                    String name = text(option, rest);
                    mutant = Optional.of(
                            Mutant.named(name).orElseThrow(() -> new UsageException("there is no mutant " + name)));
                }
                case "--keep" -> keep = true;
                default -> throw new UsageException("unknown option " + option);
            }
        }

        ChaosOptions build() {
            int most = faults > 0 ? faults : seconds.isPresent() ? MOST : 20;
            if (boundary.isPresent() && mode != Mode.EXACTLY_ONCE) {
                throw new UsageException("--boundary needs --mode exactly-once");
            }
            Delivery delivery = new Delivery(mode, boundary.orElse(Boundary.CONNECTOR));
            ChaosOptions options = new ChaosOptions(
                    seconds, most, seed, delivery, profile, only, steps, perRound, Optional.empty(), keep);
            return mutant.map(options::with).orElse(options);
        }

        private static Set<String> names(String given) {
            Set<String> names =
                    Arrays.stream(given.split(",")).map(String::trim).collect(Collectors.toUnmodifiableSet());
            for (String name : names) {
                if (Faults.all().stream()
                        .noneMatch(fault -> ChaosOptions.matches(fault.family(), fault.kind(), name))) {
                    throw new UsageException(
                            "there is no fault " + name + "; the families are " + String.join(", ", Faults.families()));
                }
            }
            return names;
        }

        private static Set<Integer> numbers(String given) {
            try {
                return Arrays.stream(given.split(",")).map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
            } catch (NumberFormatException e) {
                throw new UsageException("--steps takes numbers, not " + given);
            }
        }

        private static int number(String option, Iterator<String> rest) {
            String given = text(option, rest);
            try {
                int number = Integer.parseInt(given);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new UsageException(option + " takes a whole number, not " + given);
        }

        private static String text(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new UsageException(option + " takes a value");
            }
            return rest.next();
        }
    }

    /** Whether a name means a fault. */
    static boolean matches(String family, String kind, String name) {
        return family.equals(name) || kind.equals(name);
    }
}
