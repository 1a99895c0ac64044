// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.plan;

import dev.tributary.plan.PlannedSnapshot;
import dev.tributary.plan.Probe;
import dev.tributary.plan.SnapshotEstimate;
import dev.tributary.plan.SnapshotEstimate.RetainedWal;
import dev.tributary.postgres.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The snapshot of a plan as text for people. */
final class SnapshotText {

    private SnapshotText() {}

    static List<String> of(PlannedSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        if (snapshot.tables() > 0) {
            lines.add("Reads " + PlanText.count(snapshot.tables(), "table") + " with " + Bytes.text(snapshot.bytes())
                    + " over " + PlanText.count(snapshot.sessions(), "connection") + " (snapshot.max.threads)");
        }
        snapshot.reason().ifPresent(reason -> lines.add("No estimate of the time: " + reason));
        snapshot.estimate().ifPresent(estimate -> lines.addAll(estimated(estimate)));
        return lines;
    }

    private static List<String> estimated(SnapshotEstimate estimate) {
        List<String> lines = new ArrayList<>();
        Probe probe = estimate.probe();
        lines.add(String.format(
                Locale.ROOT,
                "A COPY of %s read %,d rows, %s of text, in %.1f s: %s of its files per second",
                probe.table(),
                probe.rows(),
                Bytes.text(probe.bytes()),
                probe.seconds(),
                Bytes.text(Math.round(estimate.bytesPerSecond()))));
        lines.add("Takes at least " + duration(estimate.secondsOfAll()) + ", or " + duration(estimate.secondsOfOne())
                + " if the server is no faster with several connections; longer if Kafka is slower than the server");
        estimate.wal().ifPresent(wal -> lines.add(wal(wal)));
        return lines;
    }

    private static String wal(RetainedWal wal) {
        String written = "The server writes " + Bytes.text(Math.round(wal.bytesPerSecond())) + " of WAL per second ("
                + (wal.measured() ? "measured meanwhile" : "the mean since its statistics were reset")
                + "), so the slot keeps about " + Bytes.text(wal.bytes());
        if (wal.limit().isEmpty()) {
            return written + "; max_slot_wal_keep_size is not limited, so the disk must have room for it";
        }
        String limit = Bytes.text(wal.limit().getAsLong());
        return wal.exceedsLimit()
                ? written + ", more than max_slot_wal_keep_size = " + limit
                        + ": the slot would be lost before the end of the snapshot. Fix: raise the setting"
                : written + " of max_slot_wal_keep_size = " + limit;
    }

    static String duration(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
