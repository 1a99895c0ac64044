// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.RowRecord;
import dev.tributary.capture.snapshot.SnapshotProgress;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.snapshot.TableSource;
import dev.tributary.capture.stream.InterleavedSource;
import dev.tributary.record.Records;
import dev.tributary.row.RowImage;
import io.debezium.connector.SnapshotRecord;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends rows that were read, counts them, and reports how many there were. */
final class RowSender {

    private static final Logger LOG = LoggerFactory.getLogger(RowSender.class);

    private final SnapshotSetup setup;
    private final PostgresPartition partition;
    private long rows;

    RowSender(SnapshotSetup setup, PostgresPartition partition) {
        this.setup = setup;
        this.partition = partition;
    }

    /**
     * Sends rows of a table.
     *
     * @param entries the additional offset entries of all records but the last
     * @param last those of the last record
     */
    void send(
            InterleavedSource.Outlet outlet,
            TableSource source,
            List<RowImage> images,
            Map<String, String> entries,
            Map<String, String> last)
            throws InterruptedException {
        if (images.isEmpty()) {
            return;
        }
        Map<String, Object> offset = with(outlet.offset(), entries);
        PostgresOffsetContext loaded = new PostgresOffsetContext.Loader(setup.config()).load(offset);
        outlet.begin();
        for (int i = 0; i < images.size(); i++) {
            if (i == images.size() - 1) {
                offset = with(outlet.offset(), last);
            }
            RowRecord row;
            try {
                row = source.records().of(images.get(i));
            } catch (RuntimeException e) {
                setup.parts()
                        .failures()
                        .eventFailed(Map.of("snapshot of", source.id().identifier()), e);
                continue;
            }
            row.mark().set(SnapshotRecord.INCREMENTAL, SnapshotProgress.NONE);
            SourceRecord record = row.record();
            setup.parts().dispatcher().countRead(partition, source.id(), loaded, record);
            outlet.send(Records.withOffset(offset, record), row.bytes());
            rows++;
        }
        outlet.end();
    }

    static Map<String, Object> with(Map<String, Object> offset, Map<String, String> entries) {
        Map<String, Object> complete = new HashMap<>(offset);
        complete.putAll(entries);
        return complete;
    }

    /** Logs how far a table has been read, from time to time and at the end. */
    void report(TableSource source, boolean all, BackfillState state, BackfillPace pace) {
        if (all) {
            LOG.info("{} has been read while streaming; {} rows in all", source.name(), rows);
            rows = 0;
        } else if (pace.isLineDue()) {
            LOG.info(
                    "Reading {} while streaming: blocks {} of {}; {} rows so far",
                    source.name(),
                    state.complete(source.name(), source.identity()),
                    source.storage().largestBlocks(),
                    rows);
        }
    }
}
