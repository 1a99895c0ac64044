// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.metrics.TableSnapshotStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnapshotPaceTest {

    private static final long BLOCK_BYTES = 8192;
    private static final long CHUNK_BYTES = 10 * BLOCK_BYTES;

    private final TableSource large = Samples.table("large", 90);
    private final TableSource small = Samples.table("small", 1);
    private long nanos = 1;
    private final SnapshotPace pace = new SnapshotPace(
            List.of(run(large, BlockRanges.NONE), run(small, BlockRanges.NONE)), CHUNK_BYTES, () -> nanos);

    private static TableRun run(TableSource table, BlockRanges complete) {
        return new TableRun(table, complete, CHUNK_BYTES);
    }

    @Test
    void nothingTellsHowLongItTakesBeforeThereAreRows() {
        nanos += TimeUnit.SECONDS.toNanos(3);
        assertThat(pace.getPercent()).isZero();
        assertThat(pace.getSecondsLeft()).isEqualTo(-1);
        assertThat(pace.getRetainedWalBytes()).isEqualTo(-1);
        assertThat(pace.getEstimatedRows()).isEqualTo(91);
    }

    @Test
    void whatIsLeftIsToldFromTheFiles() {
        // When
        for (int chunk = 0; chunk < 3; chunk++) {
            for (int row = 0; row < 20; row++) {
                pace.rowSent(large.id());
            }
            pace.chunkCompleted(large.id());
        }
        nanos += TimeUnit.SECONDS.toNanos(6);

        // Then
        assertThat(pace.getRows()).isEqualTo(60);
        assertThat(pace.getRowsPerSecond()).isEqualTo(10);
        assertThat(pace.getPercent()).isCloseTo(100.0 * 30 / 91, within(0.01));
        assertThat(pace.getSecondsLeft()).isEqualTo(12);
        assertThat(pace.getTables())
                .extracting(TableSnapshotStatus::getTable, TableSnapshotStatus::getRows)
                .containsExactly(tuple("db.public.large", 60L), tuple("db.public.small", 0L));
        assertThat(pace.getTables().get(0).getPercent()).isCloseTo(100.0 / 3, within(0.01));
    }

    /** A chunk can take minutes. */
    @Test
    void withinAChunkTheRowsSayHowFarItIs() {
        // When
        for (int row = 0; row < 5; row++) {
            pace.rowSent(large.id());
        }

        // Then
        assertThat(pace.getPercent()).as("half of a chunk of ten").isCloseTo(100.0 * 5 / 91, within(0.01));
        assertThat(pace.getSecondsLeft()).isNotNegative();

        // When
        for (int row = 0; row < 1_000; row++) {
            pace.rowSent(large.id());
        }

        // Then
        assertThat(pace.getPercent()).as("not complete").isCloseTo(100.0 * 9.9 / 91, within(0.01));
    }

    @Test
    void allOfItIsAHundredPercent() {
        for (int chunk = 0; chunk < 9; chunk++) {
            pace.chunkCompleted(large.id());
        }
        pace.chunkCompleted(small.id());
        assertThat(pace.getPercent()).isEqualTo(100.0);
        assertThat(pace.getSecondsLeft()).isZero();
    }

    @Test
    void whatWasReadBeforeDoesNotCount() {
        // Given
        SnapshotPace rest = new SnapshotPace(
                List.of(run(large, BlockRanges.of(List.of(new BlockRange(0, 80))))), CHUNK_BYTES, () -> nanos);

        // When
        rest.chunkCompleted(large.id());

        // Then
        assertThat(rest.getPercent()).isEqualTo(100.0);
        assertThat(rest.getEstimatedRows()).isEqualTo(10);
    }

    @Test
    void aSnapshotOfNothingIsComplete() {
        SnapshotPace nothing = new SnapshotPace(List.of(), CHUNK_BYTES, () -> nanos);
        assertThat(nothing.getPercent()).isEqualTo(100.0);
    }

    @Test
    void theLineForTheLogHasAllFigures() {
        // Given
        pace.rowSent(large.id());
        pace.chunkCompleted(large.id());
        pace.retainedWal(5L << 20);
        nanos += TimeUnit.SECONDS.toNanos(1);

        // Then
        assertThat(pace.line(large.id()))
                .isEqualTo("11% read, 1 rows, 1 rows/s, about 8 s left; the slot retains 5 MB of WAL;"
                        + " 1 of 9 chunks of db.public.large");
    }
}
