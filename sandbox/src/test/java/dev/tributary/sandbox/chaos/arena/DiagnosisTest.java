// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.arena.Diagnosis.Kind;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    @Test
    void aSlotThatIsGoneIsALoss() {
        assertThat(Diagnosis.of("org.apache.kafka.connect.errors.ConnectException: slot.name: The connector has read up"
                        + " to 0/1CA5D00, and slot chaos no longer exists. The changes committed after 0/1CA5D00 and up"
                        + " to 1/1CA5D30 are lost. Fix: either take a new snapshot\n\tat somewhere"))
                .containsExactly(new Diagnosis(Kind.CHANGES_LOST, 0x1CA5D00L, 0x101CA5D30L));
    }

    @Test
    void aDivergenceUndoesChangesAndCanComeWithALoss() {
        assertThat(Diagnosis.of(
                        "database.hostname: The server is on timeline 2, which left timeline 1 at 0/500, but the"
                                + " connector has read timeline 1 up to 0/900. A standby was promoted. The topics have events"
                                + " of changes that no longer exist: those of transactions that committed after 0/500 and up to"
                                + " 0/900 (source.lsn around 1280 to 2304, written before the failover). Fix: …\n"
                                + "slot.name: The changes committed after 0/900 and up to 0/A00 are lost. Fix: …"))
                .containsExactly(
                        new Diagnosis(Kind.CHANGES_UNDONE, 0x500, 0x900),
                        new Diagnosis(Kind.CHANGES_LOST, 0x900, 0xA00));
    }

    @Test
    void aServerThatIsBehindIsAnother() {
        assertThat(Diagnosis.of("database.hostname: The connector has read up to 0/900, but the server has written only"
                        + " up to 0/500. It is not the server"))
                .containsExactly(new Diagnosis(Kind.OTHER_SERVER, 0x500, 0x900));
    }

    @Test
    void anythingElseIsNoReport() {
        assertThat(Diagnosis.of(
                        "Capturing failed: something\n\tat x: changes committed after 0/1 and up to 0/2 are lost"))
                .isEmpty();
    }
}
