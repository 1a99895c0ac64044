// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableIdentityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"16500", "16500>", "16400>16500", "16500/16300.16600", "16500>/16300.16600,16700+2200", "16500/16300.+2200", "-"})
    void theTextIsReadAsItWasWritten(String text) {
        assertThat(TableIdentity.parse(text).text()).isEqualTo(text);
    }

    @Test
    void aTableThatIsNotPublishedHasOnlyItsOid() {
        assertThat(TableIdentity.of("16500", "").text()).isEqualTo("16500");
        assertThat(TableIdentity.of("16500", "16300.").text()).isEqualTo("16500/16300.");
    }

    @ParameterizedTest(name = "{0} after {1} continues: {2}, on a server that skips changes: {3}")
    @CsvSource({
        "16500/16300.16600,  16500/16300.16600,  true,  true",
        "16500/16300.16600,  16500,              true,  true",
        "16500>/16300.16600, 16500,              true,  true",
        "16500>/16300.16600, 16500>,             true,  true",
        "16500/16300.16600,  16500/16300.16601,  false, false",
        "'16500/16300.16600,16700', 16500/16300.16600, true, true",
        "16500/16300.16700,  '16500/16300.16600,16700', true, true",
        "16500/16300.16600+2200, 16500/16300.16600, true, true",
        "16500/16300.+2200,  16500/16300.16600+2200, true, true",
        "16500/16300.+2200,  '16500/16300.16600,16700', false, false",
        "16500/16300.+2200,  16500/16300.2200,   false, false",
        "16500/16300.+2201,  16500/16300.+2200,  false, false",
        "16500/16300.16600,  16500/16301.16600,  true,  false",
        "16500/16300.,       16500/16301.,       true,  false",
        "16501/16300.16600,  16500/16300.16600,  false, false",
        "16501/16300.16600,  16500,              false, false",
    })
    void aTableContinuesIfItWasPublishedAllTheTime(String now, String known, boolean continues, boolean skipping) {
        TableIdentity identity = TableIdentity.parse(now);
        assertThat(identity.continues(TableIdentity.parse(known), false)).isEqualTo(continues);
        assertThat(identity.continues(TableIdentity.parse(known), true)).isEqualTo(skipping);
    }
}
