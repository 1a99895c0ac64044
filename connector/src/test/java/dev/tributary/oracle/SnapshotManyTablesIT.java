// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A snapshot of two thousand tables: every row arrives unchanged, even if the task is killed in the middle. */
class SnapshotManyTablesIT {

    private static final int TABLES = 2_000;
    private static final int READERS = 4;
    private static final int DAY = (int) LocalDate.of(2026, 11, 21).toEpochDay();
    private static final long MINUS_TWO_HOURS = -TimeUnit.HOURS.toMicros(2);

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyTableIsReadAndFewRowsAreReadTwice() throws Exception {
        try (Wal wal = Wal.after(server, """
                DO $$ BEGIN
                  FOR i IN 1..%d LOOP
                    EXECUTE format('CREATE TABLE t%%s (id int PRIMARY KEY, d date, i interval)', i);
                    EXECUTE format('INSERT INTO t%%s VALUES (1, ''2026-11-21'', ''-2 hours''), (2, NULL, NULL)', i);
                    IF i %% 100 = 0 THEN COMMIT; END IF;
                  END LOOP;
                END $$""".formatted(TABLES), "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given: output formats that no reader may use, in any of its transactions
            wal.set("DateStyle = 'German'", "IntervalStyle = 'sql_standard'");
            Map<String, String> options = wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of());
            options.put("snapshot.mode", "initial");
            options.put("table.include.list", "public.t[0-9]+");
            options.put("snapshot.max.threads", Integer.toString(READERS));
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, Integer> rows = new HashMap<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<SourceRecord> read = new ArrayList<>();
                capture.until(read, () -> read.size() >= TABLES);
                List<SourceRecord> seen = read.subList(0, TABLES);
                seen.forEach(record -> count(record, rows));
                capture.commit(seen.get(TABLES - 1));
            }

            // When
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.untilSnapshotEnds().forEach(record -> count(record, rows));
            }

            // Then
            assertThat(rows).hasSize(TABLES);
            assertThat(rows.values()).allMatch(count -> count >= 2);
            assertThat(rows.values().stream().mapToInt(count -> count).sum())
                    .as("rows read in all")
                    .isLessThanOrEqualTo(2 * TABLES + 2 * (READERS + 1));
        }
    }

    private static void count(SourceRecord record, Map<String, Integer> rows) {
        if (record.value() instanceof Struct value
                && value.schema().field("op") != null
                && "r".equals(value.getString("op"))) {
            rows.merge(record.topic(), 1, Integer::sum);
            Struct after = value.getStruct("after");
            if (after.getInt32("id") == 1) {
                assertThat(after.getInt32("d")).isEqualTo(DAY);
                assertThat(after.getInt64("i")).isEqualTo(MINUS_TWO_HOURS);
            }
        }
    }
}
