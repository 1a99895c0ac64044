// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static dev.tributary.sandbox.chaos.check.CheckerTest.assertFound;
import static dev.tributary.sandbox.chaos.check.CheckerTest.assertGood;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicOrderTest {

    private final Trial trial = new Trial();

    @BeforeEach
    void aTableThatIsRenamedAndGetsItsNameBack() {
        trial.allowances.repeats();
        trial.committed("+a", "b", "c", "-c", "+d", "e");
    }

    @Test
    void mergesTheTopicsOfARenamedTable() {
        assertGood(trial.sent("a", "b")
                .renamed("other")
                .sent("c", "-c", "0")
                .renamed("account")
                .sent("d", "e"));
    }

    @Test
    void mergesThemIfTheyRepeat() {
        assertGood(trial.sent("a", "b")
                .renamed("other")
                .sent("c", "-c", "0")
                .renamed("account")
                .sent("d", "b", "d", "e")
                .renamed("other")
                .sent("c", "-c", "0"));
    }

    @Test
    void findsALossInOneOfThem() {
        assertFound(
                trial.sent("a", "b")
                        .renamed("other")
                        .sent("-c", "0")
                        .renamed("account")
                        .sent("d", "e"),
                Kind.LOST);
    }

    @Test
    void findsALostEndOfOneOfThem() {
        assertFound(
                trial.sent("a", "b")
                        .renamed("other")
                        .sent("c", "-c", "0")
                        .renamed("account")
                        .sent("d"),
                Kind.LOST);
    }
}
