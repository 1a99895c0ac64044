// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code slot.decoding.work.mem.mb}: the server decodes in memory what it would otherwise write to its disk. */
class DecodingMemoryIT {

    @ParameterizedTest
    @CsvSource({"14, TRIBUTARY", "18, TRIBUTARY", "18, FALLBACK"})
    void aTransactionIsSpilledOnlyWithoutTheOption(int version, Contender contender) throws Exception {
        try (PostgresServer server = PostgresServer.start(version, Map.of("logical_decoding_work_mem", "64kB"));
                Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, note text)")) {
            // Given: some megabytes
            wal.write(Statement.on(
                    0, "INSERT INTO t SELECT i, repeat(md5(i::text), 10) FROM generate_series(1, 20000) AS i"));
            Mark end = wal.mark();

            // Then
            assertThat(spilled(wal, contender, Map.of(), end)).isPositive();
            assertThat(spilled(wal, contender, Map.of("slot.decoding.work.mem.mb", "256"), end))
                    .isZero();
        }
    }

    private static long spilled(Wal wal, Contender contender, Map<String, String> more, Mark end) {
        String slot = wal.newSlot();
        String counted = " FROM pg_stat_replication_slots WHERE slot_name = '" + slot + "'";
        try (Capture capture = Capture.start(contender, wal.options(contender, slot, more), new MemoryOffsets())) {
            capture.until(end);
            await("the statistics")
                    .until(() -> wal.ask("SELECT total_txns > 1" + counted).equals("t"));
            return Long.parseLong(wal.ask("SELECT spill_txns" + counted));
        } finally {
            wal.drop(slot);
        }
    }
}
