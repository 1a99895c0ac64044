// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network loses every packet in silence, as it does behind a firewall that forgets a connection. */
class BlackHoleIT {

    @TempDir
    private static java.nio.file.Path directory;

    private static PostgresServer server;
    private static BlackHole hole;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(BlackHole.isPossible(), "the right to make network namespaces");
        java.nio.file.Path hba = Files.writeString(
                directory.resolve("pg_hba.conf"), "host all all all trust\nhost replication all all trust\n");
        server = Wal.server(Map.of("listen_addresses", "*", "hba_file", hba.toString()));
        hole = BlackHole.before(server.port());
    }

    @AfterAll
    static void stop() {
        if (hole != null) {
            hole.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aStreamNoticesIt() throws Exception {
        try (Wal wal = Wal.after(
                        server, "CREATE TABLE a (id int PRIMARY KEY)", "CREATE PUBLICATION everything FOR ALL TABLES");
                Capture capture = start(wal, "no_data")) {
            // Given
            List<SourceRecord> first = capture.until(wal.mark());
            capture.commit(first.get(first.size() - 1));

            // When
            hole.open();
            wal.write(Statement.on(0, "INSERT INTO a VALUES (1)"));
            awaitWaiting(capture, new ArrayList<>());
            hole.shut();

            // Then
            assertThat(capture.until(wal.mark()))
                    .anyMatch(record -> record.topic().endsWith(".a"));
        }
    }

    @Test
    void aStreamThatWaitsForAQueryNoticesIt() throws Exception {
        try (Wal wal = Wal.after(
                        server, "CREATE TABLE a (id int PRIMARY KEY)", "CREATE PUBLICATION everything FOR ALL TABLES");
                Capture capture = start(
                        wal,
                        "no_data",
                        Map.of(
                                "heartbeat.interval.ms", "50",
                                "heartbeat.action.query", "SELECT 1",
                                "snapshot.lock.timeout.ms", "1000"))) {
            // Given
            List<SourceRecord> first = capture.until(wal.mark());
            capture.commit(first.get(first.size() - 1));

            // When
            hole.open();
            awaitWaiting(capture, new ArrayList<>());
            hole.shut();

            // Then
            assertThat(capture.until(wal.mark())).isNotEmpty();
        }
    }

    @Test
    void aSnapshotNoticesIt() throws Exception {
        try (Wal wal = Wal.after(
                        server,
                        "CREATE TABLE a (id int PRIMARY KEY, v text)",
                        "INSERT INTO a SELECT n, repeat('x', 1000) FROM generate_series(1, 100000) n",
                        "CREATE PUBLICATION everything FOR ALL TABLES");
                Capture capture = start(wal, "initial")) {
            // Given
            List<SourceRecord> rows = new ArrayList<>();
            capture.until(rows, () -> rows.size() > 1_000);

            // When
            hole.open();
            awaitWaiting(capture, rows);
            assertThat(rows).hasSizeLessThan(100_000);
            hole.shut();

            // Then
            capture.until(rows, SnapshotMoments::isLast);
        }
    }

    private static Capture start(Wal wal, String snapshotMode) {
        return start(wal, snapshotMode, Map.of());
    }

    private static Capture start(Wal wal, String snapshotMode, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("database.hostname", hole.host());
        options.put("snapshot.mode", snapshotMode);
        options.put("status.update.interval.ms", "500");
        options.put("retriable.restart.connector.wait.ms", "100");
        return Capture.start(
                Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, wal.newSlot(), options), new MemoryOffsets());
    }

    private static void awaitWaiting(Capture capture, List<SourceRecord> records) {
        long begin = System.nanoTime();
        await("the task waiting").until(() -> {
            records.addAll(capture.poll());
            return ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("dev.tributary:type=task,server=\"oracle\""), "State")
                    .equals("WAITING");
        });
        System.out.println("BlackHoleIT: noticed after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }
}
