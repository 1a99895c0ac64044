// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.sandbox.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoOptionsTest {

    @Test
    void runsUntilItIsStoppedByDefault() {
        assertThat(DemoOptions.parse(List.of()))
                .isEqualTo(new DemoOptions(Optional.empty(), 18, 20, 1, false, false, false));
    }

    @Test
    void takesAllOptions() {
        // Given
        String line = "--seconds 60 --postgres 14 --rate 500 --seed 7 --keep --all --avro";

        // When
        DemoOptions options = DemoOptions.parse(List.of(line.split(" ", -1)));

        // Then
        assertThat(options)
                .isEqualTo(new DemoOptions(Optional.of(Duration.ofSeconds(60)), 14, 500, 7, true, true, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--postgres 13", "--postgres 19", "--seconds 0", "--seconds", "--rate ten", "--fast", "fast"})
    void rejectsWrongArguments(String line) {
        assertThatThrownBy(() -> DemoOptions.parse(List.of(line.split(" ", -1))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(line.split(" ", -1)[0]);
    }
}
