// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import dev.tributary.sandbox.UsageException;
import dev.tributary.sandbox.chaos.fault.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Draws the steps of a run from a seed. Each step has a seed of its own, so a schedule of which some steps are left out
 * still does the same in the others.
 */
final class Schedule {

    private static final int LONGEST_PAUSE_MILLIS = 3_000;

    private final List<List<Fault>> families;
    private final SplittableRandom random;
    private int steps;

    /** @param faults those to draw from */
    Schedule(long seed, List<Fault> faults) {
        this.random = new SplittableRandom(seed);
        this.families = faults.stream()
                .map(Fault::family)
                .distinct()
                .map(family -> faults.stream()
                        .filter(fault -> fault.family().equals(family))
                        .toList())
                .toList();
    }

    /**
     * The next step. Families are equally likely, whatever the number of their faults. What is drawn depends on nothing
     * but the seed: a fault whose condition does not hold is drawn as well, and must be left out when it is its turn.
     */
    Step next() {
        SplittableRandom drawn = random.split();
        List<Fault> faults = new ArrayList<>();
        faults.add(draw(drawn));
        while (faults.size() < 3 && drawn.nextInt(4) == 0) {
            Fault more = draw(drawn);
            if (faults.stream().allMatch(fault -> Collections.disjoint(fault.touches(), more.touches()))) {
                faults.add(more);
            }
        }
        return new Step(++steps, faults, drawn.nextLong(), drawn.nextInt(LONGEST_PAUSE_MILLIS));
    }

    /**
     * Checks that there is something to inject, because a run would otherwise not end.
     *
     * @throws UsageException if no fault is possible
     */
    void requireAny(Predicate<Fault> possible) {
        if (families.stream().flatMap(List::stream).noneMatch(possible)) {
            throw new UsageException("none of these faults can be injected here (disks need root, clocks need"
                    + " libfaketime, both need --profile full): "
                    + families.stream().flatMap(List::stream).map(Fault::kind).collect(Collectors.joining(", ")));
        }
    }

    private Fault draw(SplittableRandom drawn) {
        List<Fault> family = families.get(drawn.nextInt(families.size()));
        return family.get(drawn.nextInt(family.size()));
    }
}
