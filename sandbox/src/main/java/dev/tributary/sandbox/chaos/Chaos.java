// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.ServerClock;
import dev.tributary.sandbox.SmallDisk;
import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.arena.Opening;
import dev.tributary.sandbox.chaos.arena.Profile;
import dev.tributary.sandbox.chaos.fault.Fault;
import dev.tributary.sandbox.chaos.fault.Faults;
import dev.tributary.sandbox.chaos.mutant.MutatedPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A whole run: one round after the other, each with new servers, until the faults or the time are used up. */
final class Chaos {

    private final ChaosOptions options;
    private final Screen screen;
    private final long begin = System.nanoTime();
    private final List<Incident> incidents = new ArrayList<>();

    Chaos(ChaosOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /** Returns whether nothing was lost, out of order, torn, or silent; with a mutant, whether that was found. */
    boolean run() throws Exception {
        screen.line(
                "chaos: seed %d, %s, profile %s%s",
                options.seed(),
                options.delivery().title(),
                options.profile().title(),
                options.mutant().map(mutant -> ", mutant " + mutant.title()).orElse(""));
        if (options.profile() == Profile.FULL) {
            impossible();
        }
        boolean good = true;
        boolean found = false;
        for (int number = 0;
                good
                        && incidents.size() < options.faults()
                        && hasTime()
                        && (number == 0 || options.steps().isEmpty());
                number++) {
            long seed = seed(number);
            int faults = Math.min(options.perRound(), options.faults() - incidents.size());
            Round.Outcome outcome = round(seed, options.steps(), faults);
            incidents.addAll(outcome.incidents());
            good = outcome.isGood();
            found = options.mutant()
                    .filter(mutant -> mutant.isFoundBy(outcome.verdict(), outcome.problems()))
                    .isPresent();
            if (!good && canShorten()) {
                shorten(seed, outcome);
            }
        }
        screen.summary(incidents);
        if (options.mutant().isPresent()) {
            screen.line(
                    found ? "The mutant was found (seed %d)" : "THE MUTANT WAS NOT FOUND (seed %d)", options.seed());
            return found;
        }
        String torn = options.delivery().isWhole() ? ", torn" : "";
        screen.line(
                good ? "Nothing was lost, out of order" + torn + ", or silent (seed %d)" : "FAILED (seed %d)",
                options.seed());
        return good;
    }

    /** Says which faults this machine cannot have. */
    private void impossible() {
        if (!SmallDisk.isAvailable()) {
            screen.line("no disk gets full: only root may mount the small file systems");
        }
        if (!ServerClock.isAvailable()) {
            screen.line("no clock jumps: libfaketime is not installed");
        }
    }

    /** A test has no time for it. */
    private boolean canShorten() {
        return options.profile() != Profile.SMALL
                && options.steps().isEmpty()
                && options.mutant().isEmpty();
    }

    private long seed(int round) {
        return round == 0 ? options.seed() : Math.floorMod(options.seed() * 1_000_003L + round, Integer.MAX_VALUE);
    }

    private Round.Outcome round(long seed, Set<Integer> steps, int faults) throws Exception {
        try (Sandbox sandbox = Sandbox.open()) {
            if (options.keep()) {
                sandbox.keep();
            }
            screen.line("round with seed %d%s", seed, steps.isEmpty() ? "" : ", steps " + text(steps));
            Round.Outcome outcome = round(seed, steps, faults, sandbox);
            screen.line("        %s", outcome.verdict().describe());
            outcome.problems().forEach(problem -> screen.line("        PROBLEM: %s", problem));
            if (!outcome.isGood() || options.keep()) {
                sandbox.keepLogs();
                screen.line("The logs are kept in %s", sandbox.logs());
            }
            return outcome;
        }
    }

    private Round.Outcome round(long seed, Set<Integer> steps, int faults, Sandbox sandbox) throws Exception {
        Path plugin = sandbox.plugin().path();
        options.mutant().ifPresent(mutant -> {
            MutatedPlugin.apply(
                    mutant, sandbox.distribution(), plugin, sandbox.directory().resolve("mutant"));
        });
        Opening opening = new Opening(
                sandbox, options.profile(), options.delivery(), seed, plugin, text -> screen.debug("%s", text));
        try (Arena arena = opening.open()) {
            Schedule schedule = new Schedule(seed, faults());
            return new Round(arena, schedule, options.delivery(), steps, screen).run(faults, this::hasTime);
        }
    }

    /** Looks for fewer steps that fail as well, in a few more rounds. */
    private void shorten(long seed, Round.Outcome failed) throws Exception {
        Set<Integer> all =
                failed.incidents().stream().map(Incident::step).collect(Collectors.toCollection(TreeSet::new));
        screen.line("Looking for fewer steps that fail as well; Ctrl-C ends it");
        Set<Integer> fewest =
                new Shortening(steps -> !round(seed, steps, Integer.MAX_VALUE).isGood()).of(all);
        screen.line(
                "Run it again: ./tributary chaos --seed %d --mode %s%s --profile %s --steps %s%s",
                seed,
                options.delivery().mode().title(),
                options.delivery().isExactlyOnce()
                        ? " --boundary " + options.delivery().boundary().title()
                        : "",
                options.profile().title(),
                text(fewest),
                options.only().isEmpty() ? "" : " --only '" + String.join(",", options.only()) + "'");
    }

    private static String text(Set<Integer> steps) {
        return new TreeSet<>(steps).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private List<Fault> faults() {
        return Faults.all().stream()
                .filter(fault -> options.only().isEmpty()
                        || options.only().stream()
                                .anyMatch(name -> ChaosOptions.matches(fault.family(), fault.kind(), name)))
                .toList();
    }

    private boolean hasTime() {
        return options.seconds()
                .map(length -> Duration.ofNanos(System.nanoTime() - begin).compareTo(length) < 0)
                .orElse(true);
    }
}
