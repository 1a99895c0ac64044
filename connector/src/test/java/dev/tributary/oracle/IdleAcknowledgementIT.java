// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A task that acknowledges WAL while it is idle never acknowledges a change that has not arrived. */
class IdleAcknowledgementIT {

    private static final Map<String, String> OPTIONS =
            Map.of("status.update.interval.ms", "200", "table.include.list", "public.goods");

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
    void aTransactionThatArrivesWhileOffsetsAreComparedIsNotAcknowledged() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            try (Capture capture = capture(wal, slot, offsets)) {
                insert(wal, 10_001);
                commitAll(capture);

                // When
                AtomicBoolean arrived = new AtomicBoolean();
                offsets.whenCompared(() -> {
                    insert(wal, 10_002);
                    String end = wal.ask("SELECT pg_current_wal_insert_lsn()");
                    await("the insert received")
                            .until(() -> "t"
                                    .equals(wal.ask("SELECT coalesce(max(write_lsn) >= '" + end
                                            + "', false) FROM pg_stat_replication")));
                    arrived.set(true);
                });
                await("the comparison of offsets").pollInSameThread().until(() -> {
                    capture.commit();
                    capture.poll();
                    return arrived.get();
                });
                String now = wal.ask("SELECT clock_timestamp()");
                await("status updates after that")
                        .until(() -> "t"
                                .equals(wal.ask("SELECT coalesce(max(reply_time) > timestamptz '" + now
                                        + "' + interval '500 ms', false) FROM pg_stat_replication")));
            }

            // Then
            try (Capture capture = capture(wal, slot, offsets)) {
                insert(wal, 10_003);
                assertThat(ids(capture, 2)).containsExactly(10_002, 10_003);
            }
        }
    }

    @Test
    void resumesFromAnOffsetBeforeTheRestartLsnOfTheSlot() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            wal.write(Statement.on(0, "CREATE TABLE elsewhere (id int)"));
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            try (Capture capture = capture(wal, slot, offsets)) {
                insert(wal, 10_001);
                commitAll(capture);
                String stored = wal.ask("SELECT pg_current_wal_insert_lsn()");

                // When
                await("a slot beyond the offset").until(() -> {
                    wal.write(Statement.on(
                            0, "INSERT INTO elsewhere VALUES (1)", "SELECT pg_log_standby_snapshot()", "CHECKPOINT"));
                    capture.poll();
                    capture.commit();
                    return "t"
                            .equals(wal.ask("SELECT restart_lsn > '" + stored
                                    + "' AND confirmed_flush_lsn > restart_lsn FROM pg_replication_slots WHERE slot_name = '"
                                    + slot + "'"));
                });
            }
            insert(wal, 10_002);

            // Then
            try (Capture capture = capture(wal, slot, offsets)) {
                insert(wal, 10_003);
                assertThat(ids(capture, 2)).containsExactly(10_002, 10_003);
            }
        }
    }

    private static Capture capture(Wal wal, String slot, MemoryOffsets offsets) {
        return Capture.start(Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, OPTIONS), offsets);
    }

    private static void insert(Wal wal, int id) {
        wal.write(List.of(new Statement(1, "INSERT INTO goods VALUES (" + id + ", 1, 'x')")));
    }

    private static void commitAll(Capture capture) throws InterruptedException {
        List<SourceRecord> records = read(capture, 1);
        capture.commit(records.get(records.size() - 1));
    }

    private static List<Integer> ids(Capture capture, int count) {
        return read(capture, count).stream()
                .map(record -> ((Struct) record.key()).getInt32("id"))
                .toList();
    }

    private static List<SourceRecord> read(Capture capture, int count) {
        List<SourceRecord> records = new ArrayList<>();
        capture.until(records, () -> records.size() >= count);
        return records;
    }
}
