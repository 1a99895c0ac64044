// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.ChaosCommand;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short run of {@code ./tributary chaos} in each mode. docs/reliability.md has the longer ones. */
class ChaosIT {

    @ParameterizedTest
    @CsvSource({"1, at-least-once", "2, exactly-once"})
    void nothingIsLostOutOfOrderOrSilent(String seed, String mode) throws Exception {
        List<String> arguments = List.of("--profile", "small", "--faults", "5", "--seed", seed, "--mode", mode);
        assertThat(new ChaosCommand(System.out).run(arguments))
                .as("exit code of chaos with %s", arguments)
                .isZero();
    }
}
