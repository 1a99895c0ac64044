// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ControlSignalsTest {

    private final AtomicBoolean streaming = new AtomicBoolean(true);
    private final ControlSignals signals = new ControlSignals(streaming::get);

    @Test
    void aRequestIsReadUnderTheIdItWasAnsweredWith() {
        // When
        String id = signals.snapshot("public.order.line", "blocking");

        // Then
        assertThat(signals.read()).singleElement().satisfies(signal -> {
            assertThat(signal.getId()).isEqualTo(id);
            assertThat(signal.getType()).isEqualTo("execute-snapshot");
            assertThat(signal.getData()).contains("public\\\\.order\\\\.line", "blocking");
        });
    }

    @Test
    void whileNothingReadsSignalsRequestsAreRefused() {
        // Given
        streaming.set(false);

        // When, then
        assertThatIllegalStateException()
                .isThrownBy(() -> signals.snapshot("public.orders", "blocking"))
                .withMessageContaining("does not stream");
        assertThatIllegalStateException()
                .isThrownBy(() -> signals.stopSnapshot("public.orders"))
                .withMessageContaining("does not stream");
        assertThat(signals.read()).isEmpty();
    }
}
