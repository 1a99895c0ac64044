// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.ServerSnapshot;
import dev.tributary.position.StreamedSoFar;
import org.junit.jupiter.api.Test;

class MomentCheckTest {

    private static final long FLOOR = 100;
    private static final long EPOCH = 1L << 32;

    private final StreamedSoFar streamed = new StreamedSoFar();
    private final MomentCheck check = new MomentCheck(streamed, FLOOR);

    @Test
    void rowsMayBeReadIfNoTransactionIsLeftFromBefore() {
        assertThat(check.objection(ServerSnapshot.parse("100:105:100,102"))).isEmpty();
    }

    /** It may have changed a table before the publication had it. */
    @Test
    void rowsMustWaitForATransactionThatRanWhenTheBackfillBegan() {
        assertThat(check.objection(ServerSnapshot.parse("99:105:99,102")))
                .hasValueSatisfying(objection -> assertThat(objection)
                        .isInstanceOfSatisfying(
                                Reading.Later.class,
                                later -> assertThat(later.reason())
                                        .contains("transaction 99 ", "backend_xid = '99'", "pg_stat_activity")));
    }

    /** Sessions show the lower 32 bits of a transaction's id. */
    @Test
    void aTransactionIsNamedAsItsSessionShowsIt() {
        // Given
        MomentCheck later = new MomentCheck(streamed, 3 * EPOCH + 8);

        // Then
        assertThat(later.objection(ServerSnapshot.parse((3 * EPOCH + 7) + ":" + (3 * EPOCH + 9) + ":")))
                .hasValueSatisfying(
                        objection -> assertThat(objection.toString()).contains("backend_xid = '7'"));
    }

    @Test
    void rowsMustSoonBeReadableIfTheMomentDoesNotSeeAllThatWasStreamed() {
        // Given
        streamed.begun(104);

        // Then
        assertThat(check.objection(ServerSnapshot.parse("104:104:"))).hasValue(new Reading.Soon());
        assertThat(check.objection(ServerSnapshot.parse("105:105:"))).isEmpty();
    }

    /** Otherwise the operator would not learn about it while the stream is busy. */
    @Test
    void aTransactionFromBeforeIsReportedFirst() {
        // Given
        streamed.begun(104);

        // Then
        assertThat(check.objection(ServerSnapshot.parse("99:104:99")))
                .hasValueSatisfying(objection -> assertThat(objection).isInstanceOf(Reading.Later.class));
    }
}
