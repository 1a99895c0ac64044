// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.sandbox.UsageException;
import dev.tributary.sandbox.chaos.arena.Boundary;
import dev.tributary.sandbox.chaos.arena.Delivery;
import dev.tributary.sandbox.chaos.arena.Mode;
import dev.tributary.sandbox.chaos.arena.Profile;
import dev.tributary.sandbox.chaos.fault.Faults;
import dev.tributary.sandbox.chaos.mutant.Mutant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosOptionsTest {

    @Test
    void allOfThemCanBeGiven() {
        ChaosOptions options = ChaosOptions.parse(List.of(
                "--seconds",
                "60",
                "--faults",
                "9",
                "--seed",
                "4",
                "--mode",
                "exactly-once",
                "--boundary",
                "poll",
                "--profile",
                "small",
                "--only",
                "slot,worker killed",
                "--steps",
                "1,3",
                "--round",
                "5",
                "--keep"));
        assertThat(options)
                .isEqualTo(new ChaosOptions(
                        Optional.of(Duration.ofSeconds(60)),
                        9,
                        4,
                        new Delivery(Mode.EXACTLY_ONCE, Boundary.POLL),
                        Profile.SMALL,
                        Set.of("slot", "worker killed"),
                        Set.of(1, 3),
                        5,
                        Optional.empty(),
                        true));
    }

    @Test
    void withoutANumberOrATimeTwentyFaultsAreInjected() {
        assertThat(ChaosOptions.parse(List.of()).faults()).isEqualTo(20);
        assertThat(ChaosOptions.parse(List.of("--seconds", "5")).faults()).isGreaterThan(1_000);
    }

    @Test
    void aNameThatIsGivenTwiceCountsOnce() {
        assertThat(ChaosOptions.parse(List.of("--only", "slot, slot")).only()).containsExactly("slot");
    }

    @Test
    void everyKindCanBeChosen() {
        Faults.all()
                .forEach(fault -> assertThat(ChaosOptions.parse(List.of("--only", fault.kind()))
                                .only())
                        .containsExactly(fault.kind()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--mode=x",
                "--mode x",
                "--mode exactly-once --boundary x",
                "--boundary poll",
                "--seed x",
                "--faults -1",
                "--only nothing",
                "--mutant x",
                "--steps a",
                "--seconds"
            })
    void aWrongOneIsRefused(String given) {
        assertThatThrownBy(() -> ChaosOptions.parse(List.of(given.split(" ")))).isInstanceOf(UsageException.class);
    }

    @Test
    void aMutantBringsTheFaultsThatFindIt() {
        ChaosOptions options = ChaosOptions.parse(List.of("--mutant", "ignores-the-timeline", "--only", "slot"));
        assertThat(options.mutant()).contains(Mutant.IGNORES_THE_TIMELINE);
        assertThat(options.only()).containsExactly("lagging standby promoted");
    }

    @Test
    void aMutantThatTearsTransactionsRunsWhereNoneMayBeTorn() {
        assertThat(ChaosOptions.parse(List.of("--mutant", "tears-transactions"))
                        .delivery()
                        .isWhole())
                .isTrue();
    }

    @Test
    void theHelpNamesTheFamilies() {
        assertThat(ChaosOptions.USAGE).contains(Faults.families());
    }
}
