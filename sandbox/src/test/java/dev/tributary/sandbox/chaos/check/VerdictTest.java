// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void saysWhatWasComparedIfThereIsNoProblem() {
        assertThat(new Trial().committed("+a").sent("a").check().describe())
                .isEqualTo("lost 0, out of order 0, not committed 0, repeated 0, wrong content 0, wrong state 0,"
                        + " false report 0, silent 0, torn 0, in 1 records of 1 keys; state not compared: 0 keys");
    }

    @Test
    void saysWhyStatesWereNotCompared() {
        // Given
        Verdict.Builder builder = new Verdict.Builder();
        builder.excuse(Uncompared.STRAY, "account");
        builder.excuse(Uncompared.LOST, "account");
        builder.excuse(Uncompared.LOST, "orders");
        for (int number = 0; number < 1_000; number++) {
            builder.excuse(Uncompared.TRUNCATED, "scratch");
        }

        // When
        Verdict verdict = builder.build();

        // Then
        assertThat(verdict.describe())
                .endsWith("state not compared: 1,003 keys (truncated 1,000, lost 2, late repeat 1)");
        assertThat(verdict.uncompared().get(Uncompared.LOST)).isEqualTo(Map.of("account", 1L, "orders", 1L));
    }

    @Test
    void showsTheHistoryOfTheKeyOnBothSides() {
        // Given
        Trial trial = new Trial();
        trial.allowances.lost(null, 20, 20, "slot dropped");

        // When
        Verdict verdict = trial.committed("+version-a", "b", "c", "-c", "+e")
                .sent("version-a", "-", "0", "e")
                .check();

        // Then
        assertThat(verdict.describe()).endsWith("""

                lost: account 7: a change has no record
                  committed, in this order:
                      seq 1        c         version- 0/A
                      seq 2        u         b        0/14  may be missing: slot dropped
                    > seq 3        u         c        0/1E
                      seq 4        d         c        0/28
                      seq 4        tombstone c        0/28
                      seq 5        c         e        0/32
                  arrived, in this order:
                      chaos.public.account-0 offset 0        seq 1        c         version- 0/A
                    > chaos.public.account-0 offset 1        seq 0        d         -        0/5
                      chaos.public.account-0 offset 2        seq 0        tombstone -        0/0
                      chaos.public.account-0 offset 3        seq 5        c         e        0/32
                """);
    }

    @Test
    void shortensALongHistory() {
        // Given
        Trial trial = new Trial().committed("+v0").sent("v0");
        for (int number = 1; number < 100; number++) {
            trial.committed("v" + number);
            if (number != 50) {
                trial.sent("v" + number);
            }
        }

        // When
        String text = trial.check().problems().get(0).text();

        // Then
        assertThat(text.lines().count()).isEqualTo(3 + 2 * 21);
        assertThat(text).contains("… 41 before", "> seq 51 ", "… 40 after");
    }

    @Test
    void countsAllProblemsButKeepsOnlyTheFirst() {
        // Given
        Verdict.Builder builder = new Verdict.Builder();

        // When
        for (int number = 0; number < 1_000; number++) {
            int shown = number;
            builder.add(Kind.LOST, "account", "7", () -> "number " + shown);
        }
        Verdict verdict = builder.build();

        // Then
        assertThat(verdict.count(Kind.LOST)).isEqualTo(1_000);
        assertThat(verdict.problems()).hasSize(Verdict.SHOWN);
        assertThat(verdict.describe()).startsWith("lost 1000, out of order 0").contains("lost: number 19");
    }
}
