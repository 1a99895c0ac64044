// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** After a lost connection, a task resumes after the records that Connect has taken over, stored or not. */
class TakenOverIT {

    private static final Map<String, String> OPTIONS =
            Map.of("retriable.restart.connector.wait.ms", "500", "status.update.interval.ms", "50");

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
    void recordsAreNotSentTwiceIfNothingHasBeenStored() throws Exception {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t SELECT generate_series(1, 5000)"));
            String slot = wal.newSlot();
            Map<String, String> options = wal.options(Contender.TRIBUTARY, slot, OPTIONS);
            List<SourceRecord> records = new ArrayList<>();
            MemoryOffsets offsets = new MemoryOffsets();
            String before = confirmed(wal, slot);

            // When
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> records.size() >= 1_000);
                endWalsender(wal, slot);
                capture.until(records, () -> records.size() >= 3_000);
                endWalsender(wal, slot);
                wal.write(Statement.on(0, "INSERT INTO t VALUES (6000)"));
                Mark end = wal.mark();
                capture.until(records, end::isIn);
                awaitStatus(wal, slot);
            }

            // Then
            assertThat(ids(records)).hasSize(5_001).doesNotHaveDuplicates();
            wal.awaitRelease(slot);
            assertThat(confirmed(wal, slot)).as("nothing is stored").isEqualTo(before);
        }
    }

    @Test
    void aSnapshotResumesIfNothingHasBeenStored() throws Exception {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t SELECT generate_series(1, 20000)"));
            Map<String, String> options = wal.options(Contender.TRIBUTARY, wal.unusedSlot(), OPTIONS);
            options.put("snapshot.mode", "initial");
            options.put("snapshot.max.threads", "1");
            options.put("internal.snapshot.chunk.bytes", "16384");
            options.put("max.batch.size", "100");
            options.put("max.queue.size", "200");
            List<SourceRecord> records = new ArrayList<>();

            // When
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, () -> records.size() >= 10_000);
                wal.ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'COPY%'"
                        + " AND pid <> pg_backend_pid()");
                capture.until(records, SnapshotMoments::isLast);
            }

            // Then
            assertThat(ids(records)).contains(1, 20_000).hasSizeLessThan(25_000);
        }
    }

    /** Connect dies with records that it has taken over: the next task finds them in the slot. */
    @Test
    void whatWasTakenOverAndNotStoredIsNotAcknowledged() throws Exception {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            for (int i = 1; i <= 50; i++) {
                wal.write(Statement.on(0, "INSERT INTO t VALUES (" + i + ")"));
            }
            Mark first = wal.mark();
            String slot = wal.newSlot();
            Map<String, String> options = wal.options(Contender.TRIBUTARY, slot, OPTIONS);
            MemoryOffsets offsets = new MemoryOffsets();
            int stored;

            // When
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<SourceRecord> records = capture.until(first);
                stored = records.size() / 2;
                offsets.store(records.get(stored - 1));
                endWalsender(wal, slot);
                wal.write(Statement.on(0, "INSERT INTO t VALUES (100)"));
                capture.until(wal.mark());
                awaitStatus(wal, slot);
            }
            List<SourceRecord> next;
            Mark end = wal.mark();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                next = capture.until(end);
            }

            // Then
            List<Integer> expected = new ArrayList<>();
            for (int i = stored + 1; i <= 50; i++) {
                expected.add(i);
            }
            expected.add(100);
            assertThat(ids(next)).endsWith(expected.toArray(Integer[]::new));
        }
    }

    private static List<Integer> ids(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().endsWith(".t"))
                .map(record -> ((Struct) record.key()).getInt32("id"))
                .toList();
    }

    private static String confirmed(Wal wal, String slot) {
        return wal.ask("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + slot + "'");
    }

    /** Waits until the task has told the server what it may release. */
    private static void awaitStatus(Wal wal, String slot) {
        String now = wal.ask("SELECT clock_timestamp()");
        await("a status message")
                .until(() -> wal.ask("SELECT EXISTS (SELECT FROM pg_stat_replication JOIN pg_replication_slots ON"
                                + " active_pid = pid WHERE slot_name = '" + slot + "' AND reply_time > '" + now + "')")
                        .equals("t"));
    }

    private static void endWalsender(Wal wal, String slot) {
        wal.ask("SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots WHERE slot_name = '" + slot
                + "'");
    }
}
