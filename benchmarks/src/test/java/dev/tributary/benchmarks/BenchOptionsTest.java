// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.sandbox.UsageException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {

    private static final List<String> NAMES = List.of("bare", "ours");

    @Test
    void anOptionThatIsNotGivenHasItsDefault() {
        // Given
        BenchOptions options = BenchOptions.parse(List.of());

        // When, Then
        assertThat(options.number("--rows", 7)).isEqualTo(7);
        assertThat(options.file("--json")).isEmpty();
        assertThat(options.has("--docs")).isFalse();
        assertThat(options.someOf("--contestants", NAMES)).isEmpty();
    }

    @Test
    void returnsTheGivenOptions() {
        // Given
        BenchOptions options = BenchOptions.parse(
                List.of("--docs", "--rows", "2000", "--json", "run.json", "--contestants", "ours,bare"));

        // When, Then
        assertThat(options.number("--rows", 7)).isEqualTo(2_000);
        assertThat(options.file("--json")).contains(Path.of("run.json"));
        assertThat(options.has("--docs")).isTrue();
        assertThat(options.someOf("--contestants", NAMES)).containsExactly("ours", "bare");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", ""})
    void aNumberIsAPositiveWholeOne(String text) {
        // Given
        BenchOptions options = BenchOptions.parse(List.of("--rows", text));

        // When, Then
        assertThatThrownBy(() -> options.number("--rows", 7))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--rows");
    }

    @Test
    void rejectsUnknownOptionsAndContestants() {
        // Given
        BenchOptions options = BenchOptions.parse(List.of("--contestants", "ours,theirs"));

        // When, Then
        assertThatThrownBy(() -> options.someOf("--contestants", NAMES)).hasMessageContaining("bare,ours");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--fast"))).hasMessageContaining("--fast");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--rows"))).hasMessageContaining("takes a value");
    }
}
