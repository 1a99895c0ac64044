// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableIdentityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16500",
                "16500>",
                "16400>16500",
                "16500/16300.16600",
                "16500>/16300.16600,16700+2200",
                "16500/16300.+2200",
                "-"
            })
    void theTextIsReadAsItWasWritten(String text) {
        assertThat(TableIdentity.parse(text).text()).isEqualTo(text);
    }

    @Test
    void aTableThatIsNotPublishedHasOnlyItsOid() {
        assertThat(TableIdentity.of("16500", "").text()).isEqualTo("16500");
        assertThat(TableIdentity.of("16500", "16300.").text()).isEqualTo("16500/16300.");
    }
}
