// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import io.debezium.connector.SnapshotRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is not known of a row's record until it leaves: which one it is in the snapshot, and what is complete with it. Its
 * source block and its offset share it. Set by the thread that sends, before the record is handed over.
 */
final class RowMark {

    private SnapshotRecord marker = SnapshotRecord.TRUE;
    private @Nullable SnapshotProgress progress;

    void set(SnapshotRecord which, SnapshotProgress complete) {
        marker = which;
        progress = complete;
    }

    SnapshotRecord marker() {
        return marker;
    }

    /** What is complete once the record is stored. */
    SnapshotProgress progress() {
        return progress == null ? SnapshotProgress.NONE : progress;
    }
}
