// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.failure.CaptureFailedException;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotWatchTest {

    private static final long MEGABYTE = 1L << 20;

    private final TableSource table = Samples.table("t", 100);
    private long seconds;
    private final SnapshotPace pace = new SnapshotPace(
            List.of(new TableRun(table, BlockRanges.NONE, 8192)), 8192, () -> TimeUnit.SECONDS.toNanos(seconds));
    private final SlotWatch watch =
            new SlotWatch(new ConnectionTarget("localhost", 5432, "shop", "app", null, Map.of()), "slot_shop", pace);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void warnsWhileThereIsTime() {
        // Given: 50 s for half of it, and 10 MB of WAL each second
        look(slot("extended", 700 * MEGABYTE, 0L, null));
        readHalf();
        seconds = 50;

        // When
        Optional<String> warning = look(slot("extended", 200 * MEGABYTE, 500 * MEGABYTE, null));

        // Then
        assertThat(warning)
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(
                                "Slot slot_shop may be lost",
                                "about 50 s are left",
                                "500 MB of WAL will be written at 10.0 MB/s",
                                "room for 200 MB",
                                "ALTER SYSTEM SET max_slot_wal_keep_size = '1501MB'; SELECT pg_reload_conf();"));
        assertThat(pace.getRetainedWalBytes()).isEqualTo(500 * MEGABYTE);
        assertThatCode(watch::assertKept).doesNotThrowAnyException();
    }

    @Test
    void namesTheSessionsThatWaitForTheSnapshotsLocksOnceAMinute() {
        // When
        Optional<String> first = watch.judge(List.of("process 7, for a lock on orders"), 1);
        Optional<String> second = watch.judge(List.of("process 7, for a lock on orders"), TimeUnit.SECONDS.toNanos(30));
        Optional<String> third = watch.judge(List.of("process 7, for a lock on orders"), TimeUnit.SECONDS.toNanos(61));

        // Then
        assertThat(first).hasValueSatisfying(text -> assertThat(text).contains("process 7", "pg_cancel_backend"));
        assertThat(second).isEmpty();
        assertThat(third).isPresent();
        assertThat(pace.getKeptWaiting()).containsExactly("process 7, for a lock on orders");
        assertThat(watch.judge(List.of(), TimeUnit.SECONDS.toNanos(200))).isEmpty();
        assertThat(pace.getKeptWaiting()).isEmpty();
    }

    @Test
    void warnsOnceAMinute() {
        look(slot("extended", 700 * MEGABYTE, 0L, null));
        readHalf();
        seconds = 50;
        assertThat(look(slot("extended", 200 * MEGABYTE, 500 * MEGABYTE, null))).isPresent();
        seconds = 60;
        assertThat(look(slot("extended", 100 * MEGABYTE, 600 * MEGABYTE, null))).isEmpty();
        seconds = 111;
        assertThat(look(slot("unreserved", -5 * MEGABYTE, 900 * MEGABYTE, null)))
                .hasValueSatisfying(text -> assertThat(text).contains("room for 0 MB"));
    }

    @Test
    void isCalmWhereThereIsRoomOrNoLimit() {
        look(slot("extended", 2000 * MEGABYTE, 0L, null));
        readHalf();
        seconds = 50;
        assertThat(look(slot("extended", 1500 * MEGABYTE, 500 * MEGABYTE, null)))
                .isEmpty();
        assertThat(look(slot("extended", null, 500 * MEGABYTE, null))).isEmpty();
    }

    @Test
    void aSlotThatIsLostStopsTheSnapshot() {
        look(slot("lost", null, null, "wal_removed"));
        assertThatThrownBy(watch::assertKept)
                .isInstanceOf(CaptureFailedException.class)
                .hasMessageContaining("slot_shop was lost (wal_removed; see max_slot_wal_keep_size)");
    }

    @Test
    void aSlotThatIsGoneStopsTheSnapshot() {
        watch.judge(Optional.empty(), 1);
        assertThatThrownBy(watch::assertKept).hasMessageContaining("slot_shop was dropped");
    }

    private void readHalf() {
        for (int chunk = 0; chunk < 50; chunk++) {
            pace.chunkCompleted(table.id());
        }
    }

    private Optional<String> look(Slot slot) {
        return watch.judge(Optional.of(slot), TimeUnit.SECONDS.toNanos(seconds));
    }

    private static Slot slot(
            String walStatus, @Nullable Long safe, @Nullable Long retained, @Nullable String invalidationReason) {
        return new Slot(
                "slot_shop",
                "pgoutput",
                "shop",
                true,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                walStatus,
                safe,
                retained,
                invalidationReason);
    }
}
