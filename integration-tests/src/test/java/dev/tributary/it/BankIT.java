// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.ChaosCommand;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Transactions of the bank arrive whole and once, and the sum of all balances is the same after each, whatever is
 * killed and restarted. It is a short run of {@code ./tributary chaos}; docs/reliability.md has the longer ones.
 */
class BankIT {

    private static final String FAULTS = String.join(
            ",",
            "worker killed",
            "worker of the task restarted",
            "broker killed",
            "primary killed",
            "walsender killed",
            "connector paused",
            "connector restarted several times");

    @Test
    void eachTransactionArrivesWholeAndOnceAndTheSumOfTheBankIsConstant() throws Exception {
        List<String> arguments = List.of(
                "--profile", "small", "--mode", "exactly-once", "--seed", "1966", "--faults", "7", "--only", FAULTS);
        assertThat(new ChaosCommand(System.out).run(arguments))
                .as("exit code of chaos with %s", arguments)
                .isZero();
    }
}
