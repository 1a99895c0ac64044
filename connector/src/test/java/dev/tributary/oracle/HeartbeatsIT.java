// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A heartbeat can be the last record that is stored: its offset claims only what was sent before it. */
class HeartbeatsIT {

    private static final Map<String, String> OPTIONS =
            Map.of("heartbeat.interval.ms", "1", "skipped.operations", "none", "provide.transaction.metadata", "true");

    private static final int RESTARTS = 4;

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
    void aHeartbeatClaimsNoMessageThatComesAfterIt() throws Exception {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "SELECT pg_logical_emit_message(false, 'outbox', i::text) FROM generate_series(1, 20000) AS i",
                    "INSERT INTO t VALUES (1)",
                    "SELECT pg_logical_emit_message(true, 'outbox', i::text) FROM generate_series(1, 2000) AS i"));

            // When
            Mark end = wal.mark();
            List<SourceRecord> debezium = wal.read(Contender.DEBEZIUM, OPTIONS, end);
            List<SourceRecord> records = wal.read(Contender.TRIBUTARY, OPTIONS, end);

            // Then
            assertThat(early(debezium)).as("Debezium's").isNotEmpty();
            assertThat(heartbeatsBeforeOthers(records)).isNotEmpty();
            assertThat(early(records)).isEmpty();
        }
    }

    @Test
    void aRestartAfterAHeartbeatResumesWithTheNextRecord() throws Exception {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            for (int i = 1; i <= 300; i++) {
                wal.write(Statement.on(
                        0,
                        "SELECT pg_logical_emit_message(false, 'outside', '" + i + "')",
                        "BEGIN",
                        "INSERT INTO t VALUES (" + i + "), (-" + i + ")",
                        "SELECT pg_logical_emit_message(true, 'inside', '" + i + "')",
                        "UPDATE t SET id = id + 1000 WHERE id = " + i,
                        "COMMIT"));
            }
            Mark end = wal.mark();
            List<SourceRecord> all = wal.read(Contender.TRIBUTARY, OPTIONS, end);
            List<Integer> heartbeats = heartbeatsBeforeOthers(all);
            List<Integer> beforeMessages = heartbeats.stream()
                    .filter(heartbeat -> isOutside(all.get(heartbeat + 1)))
                    .limit(RESTARTS)
                    .toList();
            List<Integer> chosen = new ArrayList<>(beforeMessages);
            heartbeats.stream().limit(RESTARTS).forEach(chosen::add);
            assertThat(chosen).isNotEmpty();

            for (int heartbeat : chosen) {
                // When
                MemoryOffsets offsets = new MemoryOffsets();
                offsets.store(all.get(heartbeat));
                String slot = wal.newSlot();
                List<SourceRecord> resumed;
                try (Capture capture =
                        Capture.start(Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, OPTIONS), offsets)) {
                    resumed = capture.until(end);
                } finally {
                    wal.drop(slot);
                }

                // Then
                assertThat(others(resumed))
                        .as("after heartbeat %d", heartbeat)
                        .isEqualTo(others(all.subList(heartbeat, all.size())));
            }
        }
    }

    /** The heartbeats that claim the next message. */
    private static List<Integer> early(List<SourceRecord> records) {
        return heartbeatsBeforeOthers(records).stream()
                .filter(heartbeat -> committed(records.get(heartbeat)) >= nextOutside(records, heartbeat))
                .toList();
    }

    private static boolean isHeartbeat(SourceRecord record) {
        return record.topic().startsWith("__debezium-heartbeat");
    }

    private static List<Integer> heartbeatsBeforeOthers(List<SourceRecord> records) {
        return IntStream.range(0, records.size() - 1)
                .filter(i -> isHeartbeat(records.get(i)) && !isHeartbeat(records.get(i + 1)))
                .boxed()
                .toList();
    }

    /** Whether a record is a logical message outside any transaction. */
    private static boolean isOutside(SourceRecord record) {
        return record.topic().endsWith(".message")
                && ((Struct) record.value()).getStruct("source").get("txId") == null;
    }

    /** What the next such message after a record claims: itself. */
    private static long nextOutside(List<SourceRecord> records, int from) {
        return records.subList(from, records.size()).stream()
                .filter(HeartbeatsIT::isOutside)
                .mapToLong(HeartbeatsIT::committed)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static long committed(SourceRecord record) {
        return new StoredOffset(record.sourceOffset()).committed().orElseThrow().value();
    }

    private static List<String> others(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> !isHeartbeat(record))
                .map(record -> record.topic() + " " + record.key() + " " + lsn(record))
                .toList();
    }

    private static String lsn(SourceRecord record) {
        return record.value() instanceof Struct value && value.schema().field("source") != null
                ? value.getStruct("source").get("lsn") + " " + value.getString("op")
                : String.valueOf(record.value() == null);
    }
}
