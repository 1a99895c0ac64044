// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficOptionsTest {

    private static final String URL = "--url=jdbc:postgresql://localhost/shop";

    @Test
    void aWorkingDayIsTheDefault() {
        // When
        TrafficOptions options = TrafficOptions.parse(List.of(URL));

        // Then
        assertThat(options.mix()).isEqualTo(TrafficMix.WORKING_DAY);
        assertThat(options.rate()).isEqualTo(20);
        assertThat(options.length()).isEmpty();
    }

    @Test
    void parsesEveryOption() {
        // When
        TrafficOptions options = TrafficOptions.parse(List.of(
                URL, "--user=me", "--rate=0.5", "--seed=7", "--seconds=3", "--mix=order_placed=9, order_deleted=0"));

        // Then
        assertThat(options.user()).isEqualTo("me");
        assertThat(options.rate()).isEqualTo(0.5);
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.length()).contains(Duration.ofSeconds(3));
        assertThat(options.mix().perRound())
                .containsEntry(TrafficMix.Kind.ORDER_PLACED, 9)
                .containsEntry(TrafficMix.Kind.ORDER_DELETED, 0)
                .containsEntry(TrafficMix.Kind.ORDER_PAID, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--speed=1|unknown option --speed=1",
                "rate|unknown option rate",
                "--rate=fast|--rate takes a number",
                "--rate=-1|--rate takes a number",
                "--rate=0|--rate must be more than 0",
                "--seconds=1.5|--seconds takes a number",
                "--mix=order_placed|--mix takes KIND=N",
                "--mix=weather=1|--mix takes KIND=N",
                "--mix=order_placed=-1|--mix takes KIND=N",
            })
    void reportsAWrongArgument(String argument, String message) {
        assertThatThrownBy(() -> TrafficOptions.parse(List.of(URL, argument)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aDatabaseIsRequired() {
        assertThatThrownBy(() -> TrafficOptions.parse(List.of())).hasMessageContaining("--url");
    }
}
