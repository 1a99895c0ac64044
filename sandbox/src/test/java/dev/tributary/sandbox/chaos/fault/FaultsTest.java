// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void eachKindHasANameOfItsOwn() {
        assertThat(Faults.all()).extracting(Fault::kind).doesNotHaveDuplicates();
    }

    @Test
    void noNameHasTheCommaThatSeparatesNames() {
        assertThat(Faults.all()).extracting(Fault::kind).noneMatch(kind -> kind.contains(","));
    }

    @Test
    void onlyACutOffOrFrozenTaskLeavesAZombie() {
        assertThat(Faults.all().stream().filter(Fault::mayLeaveZombie).map(Fault::kind))
                .contains("worker frozen", "broker frozen", "link worker to a broker cut")
                .doesNotContain("worker killed", "connector restarted several times", "link connector to Postgres cut");
    }

    @Test
    void aFaultTakesEffectUnlessItSaysOtherwise() {
        assertThat(Active.over("a").tookEffect()).isTrue();
        assertThat(Active.withoutEffect("a").tookEffect()).isFalse();
    }

    @Test
    void anEffectThatCannotBeSeenIsNone() {
        Active active = Active.over("a").seenBy(() -> {
            throw new SandboxException("the primary refused");
        });
        assertThat(active.tookEffect()).isFalse();
    }

    @Test
    void aConditionKeepsTheZombies() {
        Fault fault = Fault.of("family", "kind", Set.of(), (arena, random) -> Active.over("a"))
                .leavingZombies()
                .when(arena -> true);
        assertThat(fault.mayLeaveZombie()).isTrue();
    }
}
