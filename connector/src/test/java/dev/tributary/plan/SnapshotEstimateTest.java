// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.plan.SnapshotEstimate.RetainedWal;
import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableSize;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotEstimateTest {

    private static final long MEGABYTE = 1L << 20;

    @Test
    void thePartOfTheRowsThatWasReadIsThePartOfTheFiles() {
        // Given a tenth of a table of 100 MB in 2 s
        Probe probe = probe(1_000, 40 * MEGABYTE, 2, false, 0);

        // When
        SnapshotEstimate estimate = estimate(probe, 10_000L, 1_000 * MEGABYTE, 4);

        // Then
        assertThat(estimate.bytesPerSecond()).isEqualTo(5.0 * MEGABYTE);
        assertThat(estimate.secondsOfOne()).isEqualTo(200);
        assertThat(estimate.secondsOfAll()).isEqualTo(50);
    }

    @Test
    void withoutAnEstimateOfTheRowsTextIsTakenForFiles() {
        // Given
        Probe probe = probe(1_000, 40 * MEGABYTE, 2, false, 0);

        // When
        SnapshotEstimate estimate = estimate(probe, null, 1_000 * MEGABYTE, 1);

        // Then
        assertThat(estimate.bytesPerSecond()).isEqualTo(20.0 * MEGABYTE);
        assertThat(estimate.secondsOfOne()).isEqualTo(50);
    }

    /** The estimate of the rows can be old, so it says nothing about a table that was read to its end. */
    @Test
    void aTableThatWasReadToItsEndCountsAsAWhole() {
        // Given
        Probe probe = probe(3, 30, 0.5, true, 0);

        // When
        SnapshotEstimate estimate = estimate(probe, 1_000_000L, 100 * MEGABYTE, 4);

        // Then
        assertThat(estimate.bytesPerSecond()).isEqualTo(200.0 * MEGABYTE);
        assertThat(estimate.secondsOfOne()).isEqualTo(1);
        assertThat(estimate.secondsOfAll()).isEqualTo(1);
    }

    @Test
    void moreRowsThanEstimatedAreNotMoreThanTheTable() {
        // Given
        Probe probe = probe(5_000, MEGABYTE, 2, false, 0);

        // When
        SnapshotEstimate estimate = estimate(probe, 1_000L, 100 * MEGABYTE, 1);

        // Then
        assertThat(estimate.bytesPerSecond()).isEqualTo(50.0 * MEGABYTE);
    }

    @Test
    void walIsWhatTheSlowestSnapshotHasTheSlotKeep() {
        // Given
        Probe probe = probe(1_000, MEGABYTE, 2, false, 4 * MEGABYTE);

        // When
        RetainedWal wal = wal(probe, 7 * MEGABYTE, 300 * MEGABYTE);

        // Then
        assertThat(wal.measured()).isTrue();
        assertThat(wal.bytesPerSecond()).isEqualTo(2.0 * MEGABYTE);
        assertThat(wal.bytes()).isEqualTo(400 * MEGABYTE);
        assertThat(wal.limit()).isEqualTo(OptionalLong.of(300 * MEGABYTE));
        assertThat(wal.exceedsLimit()).isTrue();
        assertThat(wal(probe, 7 * MEGABYTE, 400 * MEGABYTE).exceedsLimit()).isFalse();
        assertThat(wal(probe, 7 * MEGABYTE, null).exceedsLimit()).isFalse();
    }

    @Test
    void aShortProbeSaysNothingAboutTheRateOfWal() {
        // Given
        Probe probe = probe(10_000, MEGABYTE, 0.5, true, 0);

        // When
        RetainedWal mean = wal(probe, 7 * MEGABYTE, null);
        RetainedWal onlyMeasured = wal(probe, null, null);

        // Then
        assertThat(mean.measured()).isFalse();
        assertThat(mean.bytesPerSecond()).isEqualTo(7.0 * MEGABYTE);
        assertThat(onlyMeasured.measured()).isTrue();
        assertThat(onlyMeasured.bytes()).isZero();
    }

    @Test
    void aConnectorThatDoesNotStreamKeepsNoWal() {
        // When
        SnapshotEstimate estimate =
                SnapshotEstimate.of(probe(1, 1, 2, false, MEGABYTE), size(10L), MEGABYTE, 1, false, MEGABYTE, null);

        // Then
        assertThat(estimate.wal()).isEmpty();
    }

    private static RetainedWal wal(Probe probe, @Nullable Long mean, @Nullable Long limit) {
        return SnapshotEstimate.of(probe, size(10_000L), 1_000 * MEGABYTE, 4, true, mean, limit)
                .wal()
                .orElseThrow();
    }

    private static SnapshotEstimate estimate(Probe probe, @Nullable Long rows, long bytes, int sessions) {
        return SnapshotEstimate.of(probe, size(rows), bytes, sessions, true, null, null);
    }

    private static Probe probe(long rows, long bytes, double seconds, boolean whole, long wal) {
        return new Probe("shop.orders", rows, bytes, seconds, whole, wal);
    }

    private static TableSize size(@Nullable Long rows) {
        return new TableSize(new TableName("shop", "orders"), rows, 100 * MEGABYTE);
    }
}
