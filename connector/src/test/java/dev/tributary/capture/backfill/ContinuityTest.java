// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.ServerTimeline;
import dev.tributary.position.TimelineHistory;
import dev.tributary.postgres.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuityTest {

    private static final TableName ORDERS = new TableName("shop", "orders");
    private static final TableIdentity KNOWN = TableIdentity.parse("16500/16300.16600");

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
        "16500/16300.+2200,  16500/16300.,       true,  true",
        "16500/16300.+2200+2300, 16500/16300.+2300, true, true",
        "16500/16300.16600,  16500/16301.16600,  true,  false",
        "16500/16300.,       16500/16301.,       true,  false",
        "16501/16300.16600,  16500/16300.16600,  false, false",
        "16501/16300.16600,  16500,              false, false",
    })
    void aTableContinuesIfItWasPublishedAllTheTime(String now, String known, boolean continues, boolean skipping) {
        assertThat(continues(Continuity.OF_THIS_RUN, now, known, false)).isEqualTo(continues);
        assertThat(continues(Continuity.OF_THIS_RUN, now, known, true)).isEqualTo(skipping);
    }

    /** pg_upgrade gives publications other oids, and by chance the same one can come back. */
    @Test
    void tablesOfAnotherServerContinueByTheirOids() {
        Continuity continuity = new Continuity(false, null);

        assertThat(continues(continuity, "16500/16400.16700", "16500/16300.16600", true))
                .isTrue();
        assertThat(continues(continuity, "16500/16300.16700", "16500/16300.16600", true))
                .isTrue();
        assertThat(continues(continuity, "16501/16300.16600", "16500/16300.16600", true))
                .isFalse();
    }

    @Test
    void anOffsetThatDoesNotNameItsServerIsNotOfAnother() {
        Optional<ServerTimeline> now = Optional.of(new ServerTimeline("7000", 1, TimelineHistory.NONE));
        assertThat(Continuity.isOfAnotherServer(now, Map.of("captured_tables", "[]")))
                .isFalse();
        assertThat(Continuity.isOfAnotherServer(now, Map.of(ServerTimeline.SYSTEM_ID, "7000")))
                .isFalse();
        assertThat(Continuity.isOfAnotherServer(now, Map.of(ServerTimeline.SYSTEM_ID, "8000")))
                .isTrue();
        assertThat(Continuity.isOfAnotherServer(Optional.empty(), Map.of(ServerTimeline.SYSTEM_ID, "8000")))
                .isFalse();
    }

    @Test
    void aTableContinuesInAnotherPublicationThatHasHadItForLong() {
        TableIdentity now = TableIdentity.parse("16500/16400.16700");
        for (boolean skips : new boolean[] {true, false}) {
            assertThat(new Continuity(true, Set.of(ORDERS)).continues(ORDERS, now, KNOWN, skips))
                    .isTrue();
            assertThat(new Continuity(true, Set.of()).continues(ORDERS, now, KNOWN, skips))
                    .isFalse();
        }
    }

    @Test
    void aPublicationThatWasRenamedIsTheSame() {
        assertThat(new Continuity(true, Set.of()).continues(ORDERS, KNOWN, KNOWN, true))
                .isTrue();
    }

    @Test
    void nothingContinuesATableThatWasNotCapturedForAWhile() {
        TableIdentity interrupted = TableIdentity.parse(KNOWN.interrupted().text());
        for (Continuity continuity :
                List.of(Continuity.OF_THIS_RUN, new Continuity(false, null), new Continuity(true, Set.of(ORDERS)))) {
            assertThat(continuity.continues(ORDERS, KNOWN, interrupted, false)).isFalse();
            assertThat(continuity.gap(interrupted)).startsWith("not captured for a while");
        }
        assertThat(KNOWN.isSameTable(interrupted)).isTrue();
    }

    private static boolean continues(Continuity continuity, String now, String known, boolean skips) {
        return continuity.continues(ORDERS, TableIdentity.parse(now), TableIdentity.parse(known), skips);
    }
}
