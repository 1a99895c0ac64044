// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.record.VaryingField;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.SnapshotRecord;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a row that are known only when its record is sent: whether it is the first or last one of the
 * snapshot, and which chunks are complete with it. Source block and offset of the record share it. The sending thread
 * sets it, before it hands the record over.
 */
public final class RowMark {

    /** The field of Debezium's source block that differs from row to row. */
    static final Map<String, VaryingField<RowMark>> SOURCE_FIELDS =
            Map.of(AbstractSourceInfo.SNAPSHOT_KEY, mark -> mark.marker.name().toLowerCase(Locale.ROOT));

    private SnapshotRecord marker = SnapshotRecord.TRUE;
    private @Nullable SnapshotProgress progress;

    /** @param complete what is complete once the record is stored */
    public void set(SnapshotRecord which, SnapshotProgress complete) {
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
