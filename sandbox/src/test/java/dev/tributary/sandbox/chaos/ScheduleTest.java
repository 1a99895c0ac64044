// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.sandbox.UsageException;
import dev.tributary.sandbox.chaos.fault.Fault;
import dev.tributary.sandbox.chaos.fault.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void theSeedDecidesEverything() {
        assertThat(steps(7)).isEqualTo(steps(7)).isNotEqualTo(steps(8));
    }

    @Test
    void everyFaultComesInTheEnd() {
        Schedule schedule = new Schedule(1, Faults.all());
        Set<String> kinds = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            schedule.next().faults().forEach(fault -> kinds.add(fault.kind()));
        }
        assertThat(kinds).hasSize(Faults.all().size());
    }

    @Test
    void faultsOfOneStepTouchDifferentParts() {
        Schedule schedule = new Schedule(2, Faults.all());
        for (int i = 0; i < 1_000; i++) {
            List<Fault> faults = schedule.next().faults();
            assertThat(faults.stream().flatMap(fault -> fault.touches().stream()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aRunWithoutAPossibleFaultIsRefused() {
        Schedule schedule = new Schedule(3, Faults.all());
        assertThatThrownBy(() -> schedule.requireAny(fault -> false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("disk of Postgres full");
    }

    @Test
    void aRunWithAPossibleFaultIsAccepted() {
        Schedule schedule = new Schedule(3, Faults.all());
        assertThatNoException()
                .isThrownBy(() -> schedule.requireAny(fault -> fault.family().equals("slot")));
    }

    private static List<String> steps(long seed) {
        Schedule schedule = new Schedule(seed, Faults.all());
        return Stream.generate(() -> schedule.next())
                .limit(50)
                .map(step ->
                        step.faults().stream().map(Fault::kind).toList() + " " + step.seed() + " " + step.pauseMillis())
                .toList();
    }
}
