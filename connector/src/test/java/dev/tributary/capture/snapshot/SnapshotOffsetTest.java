// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.TableName;
import io.debezium.connector.SnapshotRecord;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotOffsetTest {

    private static final SnapshotProgress PROGRESS =
            SnapshotProgress.NONE.with(new TableName("public", "orders"), "1", BlockRange.ALL);

    @Test
    void everyRowHasTheTablesAndAllButTheLastTheProgress() {
        assertThat(offset(SnapshotRecord.TRUE, PROGRESS))
                .containsEntry("snapshot_progress", PROGRESS.text())
                .containsEntry("snapshot_completed", false)
                .containsEntry("captured_tables", "all");
        assertThat(offset(SnapshotRecord.LAST, PROGRESS))
                .containsEntry("captured_tables", "all")
                .containsEntry("snapshot_completed", true)
                .doesNotContainKey("snapshot_progress");
    }

    /** An exactly-once worker computes the hash of each record, and with it that of its offset. */
    @Test
    void itsHashDoesNotNeedTheProgress() {
        assertThat(offset(SnapshotRecord.TRUE, PROGRESS))
                .hasSameHashCodeAs(offset(SnapshotRecord.TRUE, SnapshotProgress.NONE))
                .isNotEqualTo(offset(SnapshotRecord.TRUE, SnapshotProgress.NONE))
                .isEqualTo(offset(SnapshotRecord.FIRST, PROGRESS))
                .hasSameHashCodeAs(offset(SnapshotRecord.FIRST, PROGRESS))
                .isEqualTo(new HashMap<>(offset(SnapshotRecord.TRUE, PROGRESS)));
    }

    private static Map<String, Object> offset(SnapshotRecord marker, SnapshotProgress progress) {
        RowMark mark = new RowMark();
        mark.set(marker, progress);
        return new SnapshotOffset(Map.of("lsn", 7L), Map.of("captured_tables", "all"), mark);
    }
}
