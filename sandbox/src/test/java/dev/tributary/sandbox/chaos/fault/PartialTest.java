// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void whatWorksIsNotUndone() throws Exception {
        assertThat(Partial.orUndo(() -> "result", () -> done.add("undone"))).isEqualTo("result");
        assertThat(done).isEmpty();
    }

    @Test
    void whatFailsIsUndone() {
        assertThatThrownBy(() -> Partial.orUndo(this::failure, () -> done.add("undone")))
                .hasMessage("failure");
        assertThat(done).containsExactly("undone");
    }

    @Test
    void aFailureOfTheUndoDoesNotHideTheFirstOne() {
        assertThatThrownBy(() -> Partial.orUndo(this::failure, this::otherFailure))
                .hasMessage("failure")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void allActionsRunEvenIfOneFails() {
        assertThatThrownBy(() -> Partial.all(() -> done.add("first"), this::otherFailure, () -> done.add("last")))
                .hasMessage("other");
        assertThat(done).containsExactly("first", "last");
    }

    private String failure() {
        throw new IllegalStateException("failure");
    }

    private void otherFailure() {
        throw new IllegalStateException("other");
    }
}
