// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.WaitLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Changes of a table that no snapshot reads, one at a time: the next is made when the last has arrived. A read-only
 * snapshot needs them to make progress; for any other they say how far the stream has come.
 *
 * @param records everything that arrived
 */
record Ticks(Wal wal, Capture capture, List<SourceRecord> records) {

    private static final int QUIET = 10;

    /** Starts with the first change, so that the task is streaming. */
    static Ticks start(Wal wal, Capture capture) {
        Ticks ticks = new Ticks(wal, capture, new ArrayList<>());
        ticks.next();
        return ticks;
    }

    /** Waits for one change. */
    void next() {
        wal.write(List.of(
                new Statement(1, "CREATE TABLE IF NOT EXISTS ticks (id serial PRIMARY KEY)"),
                new Statement(1, "INSERT INTO ticks DEFAULT VALUES")));
        capture.until(records, record -> record.topic().endsWith(".ticks"));
    }

    void until(BooleanSupplier isEnough) {
        long deadline = System.nanoTime() + WaitLimit.LIMIT.toNanos();
        while (!isEnough.getAsBoolean()) {
            assertThat(deadline - System.nanoTime())
                    .as("time left, after %d records", records.size())
                    .isPositive();
            next();
        }
    }

    /** Waits until ten changes have arrived in a row without a row of a snapshot between them. */
    void untilQuiet() {
        for (int quiet = 0; quiet < QUIET; ) {
            int before = records.size();
            next();
            boolean isQuiet = records.subList(before, records.size()).stream().noneMatch(Ticks::isRead);
            quiet = isQuiet ? quiet + 1 : 0;
        }
    }

    /** How many rows came from snapshots. */
    int reads() {
        return GoodsHistory.of(records).reads();
    }

    static boolean isRead(SourceRecord record) {
        return record.value() instanceof Struct value
                && value.schema().field("op") != null
                && value.getString("op").equals("r");
    }
}
