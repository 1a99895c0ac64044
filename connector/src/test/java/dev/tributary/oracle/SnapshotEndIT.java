// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The last row of a snapshot says that the snapshot is complete, and a transform may drop that row. */
class SnapshotEndIT {

    private static PostgresServer server;

    private final MemoryOffsets offsets = new MemoryOffsets();

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theSlotMovesOnAndNoRowIsReadAgainIfTheLastRowIsDropped() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            try (Capture capture = capture(wal, slot, Map.of())) {
                storeOnly(capture, capture.untilSnapshotEnds(), "a");

                // When
                String end = writeToZ(wal, 100);

                // Then
                await("the slot past the dropped changes").until(() -> {
                    capture.poll();
                    capture.dropAll();
                    return isPast(wal, slot, end);
                });
                assertThat(offsets.toString()).contains("snapshot_completed=false");
            }
            wal.awaitRelease(slot);
            try (Capture capture = capture(wal, slot, Map.of())) {
                write(wal, "INSERT INTO a VALUES (2)");
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, record -> table(record).equals("a") && id(record) == 2);
                assertThat(records)
                        .filteredOn(record -> table(record).equals("a"))
                        .hasSize(1);
                String end = writeToZ(wal, 200);
                await("the slot past what is dropped after the restart").until(() -> {
                    capture.poll();
                    capture.dropAll();
                    return isPast(wal, slot, end);
                });
            }
        }
    }

    @Test
    void debeziumTakesTheSnapshotAgainIfTheLastRowIsDropped() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            try (Capture capture = start(Contender.DEBEZIUM, wal, slot, Map.of())) {
                storeOnly(capture, capture.untilSnapshotEnds(), "a");
                writeToZ(wal, 100);
                capture.until(new ArrayList<>(), record -> id(record) == 100);
                capture.dropAll();
            }
            wal.awaitRelease(slot);

            // When
            try (Capture capture = start(Contender.DEBEZIUM, wal, slot, Map.of())) {
                List<SourceRecord> again = capture.untilSnapshotEnds();

                // Then
                assertThat(again).anyMatch(record -> table(record).equals("a"));
            }
        }
    }

    @Test
    void aTableThatIsTakenOutOfThePublicationForAWhileIsReadAgain() throws Exception {
        try (Wal wal = wal("FOR TABLE a, z")) {
            // Given
            String slot = wal.unusedSlot();
            try (Capture capture = capture(wal, slot, Map.of())) {
                storeOnly(capture, capture.untilSnapshotEnds(), "a");
                String end = writeToZ(wal, 100);
                await("the slot past the dropped changes").until(() -> {
                    capture.poll();
                    capture.dropAll();
                    return isPast(wal, slot, end);
                });
            }
            wal.awaitRelease(slot);

            // When
            write(wal, "ALTER PUBLICATION everything DROP TABLE a");
            write(wal, "INSERT INTO a VALUES (5)");
            write(wal, "ALTER PUBLICATION everything ADD TABLE a");

            // Then
            try (Capture capture = capture(wal, slot, Map.of())) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, record -> table(record).equals("a") && id(record) == 5);
                assertThat(records).noneMatch(record -> table(record).equals("z"));
            }
        }
    }

    @Test
    void aTableThatIsCreatedWhileTheTaskIsStoppedIsReadAllTheSame() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            try (Capture capture = capture(wal, slot, Map.of())) {
                storeOnly(capture, capture.untilSnapshotEnds(), "a");
                String end = writeToZ(wal, 100);
                await("the slot past the dropped changes").until(() -> {
                    capture.poll();
                    capture.dropAll();
                    return isPast(wal, slot, end);
                });
            }
            wal.awaitRelease(slot);

            // When
            write(wal, "CREATE TABLE later (id int PRIMARY KEY)");
            write(wal, "INSERT INTO later SELECT generate_series(1, 3)");

            // Then
            try (Capture capture = capture(wal, slot, Map.of())) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(
                        records,
                        () -> records.stream()
                                        .filter(record -> table(record).equals("later"))
                                        .count()
                                >= 3);
                assertThat(records).noneMatch(record -> table(record).equals("a"));
            }
        }
    }

    /** Nothing is lost then: consumers have nothing yet that a new snapshot would not correct. */
    @Test
    void aSnapshotOfWhichNothingIsStoredHoldsNoWalBackAndIsTakenAgain() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            try (Capture capture = capture(wal, slot, Map.of())) {
                capture.untilSnapshotEnds();
                capture.dropAll();

                // When
                String end = writeToZ(wal, 100);

                // Then
                await("the slot past the dropped changes").until(() -> {
                    capture.poll();
                    capture.dropAll();
                    return isPast(wal, slot, end);
                });
            }
            wal.awaitRelease(slot);
            try (Capture capture = capture(wal, slot, Map.of())) {
                assertThat(capture.untilSnapshotEnds())
                        .filteredOn(record -> table(record).equals("a"))
                        .hasSize(1);
            }
        }
    }

    /** Connect has sent all rows and has not stored the offset of the last one yet. */
    @Test
    void rowsThatAreStillOnTheirWayHoldTheSlotBack() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            String end;
            try (Capture capture = capture(wal, slot, Map.of())) {
                List<SourceRecord> rows = capture.untilSnapshotEnds();
                capture.commit(rows.get(0));
                end = writeToZ(wal, 100);
                capture.until(new ArrayList<>(), record -> table(record).equals("z") && id(record) == 100);
                capture.commit();
            }

            // When
            wal.awaitRelease(slot);

            // Then
            assertThat(isPast(wal, slot, end)).isFalse();
            try (Capture capture = capture(wal, slot, Map.of())) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, SnapshotMoments::isLast);
                assertThat(records).extracting(SnapshotEndIT::id).contains(9, 100);
            }
        }
    }

    @Test
    void theFirstHeartbeatSaysThatTheSnapshotIsComplete() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            Map<String, String> options = Map.of("heartbeat.interval.ms", "3600000");
            try (Capture capture = capture(wal, slot, options)) {
                List<SourceRecord> rows = new ArrayList<>();

                // When
                capture.until(rows, record -> record.topic().startsWith("__debezium-heartbeat"));
                capture.commit(rows.get(rows.size() - 1));

                // Then
                assertThat(offsets.toString())
                        .contains("captured_tables=")
                        .doesNotContain("snapshot=", "snapshot_progress=");
            }
        }
    }

    @Test
    void theSlotMovesOnIfTheLastRowOfABackfillIsDropped() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            try (Capture capture = capture(wal, slot, Map.of())) {
                List<SourceRecord> rows = capture.untilSnapshotEnds();
                capture.commit(rows.get(rows.size() - 1));
            }
            wal.awaitRelease(slot);
            write(wal, "CREATE TABLE later (id int PRIMARY KEY)");
            write(wal, "INSERT INTO later SELECT generate_series(1, 3)");
            try (Capture capture = capture(wal, slot, Map.of())) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, record -> table(record).equals("later") && id(record) == 3);

                // When
                capture.dropAll();
                String end = writeToZ(wal, 100);

                // Then
                await("the slot past the dropped changes").until(() -> {
                    capture.poll();
                    capture.dropAll();
                    return isPast(wal, slot, end);
                });
            }
        }
    }

    /** The table {@code a} is read first, and {@code z} last. */
    private static Wal wal() {
        return wal("FOR ALL TABLES");
    }

    private static Wal wal(String publication) {
        return Wal.after(
                server,
                "CREATE TABLE a (id int PRIMARY KEY)",
                "INSERT INTO a VALUES (1)",
                "CREATE TABLE z (id int PRIMARY KEY)",
                "INSERT INTO z SELECT generate_series(1, 9)",
                "CREATE PUBLICATION everything " + publication);
    }

    private Capture capture(Wal wal, String slot, Map<String, String> more) {
        return start(Contender.TRIBUTARY, wal, slot, more);
    }

    private Capture start(Contender contender, Wal wal, String slot, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(wal.options(contender, slot, more));
        options.put("snapshot.mode", "initial");
        options.put("snapshot.max.threads", "1");
        options.put("status.update.interval.ms", "100");
        options.put("table.exclude.list", "public.beginning");
        return Capture.start(contender, options, offsets);
    }

    /** What a worker does with a transform that drops all tables but one. */
    private static void storeOnly(Capture capture, List<SourceRecord> records, String table) throws Exception {
        Predicate<SourceRecord> isKept = record -> table(record).equals(table);
        assertThat(records).anyMatch(isKept);
        for (SourceRecord record : records) {
            if (isKept.test(record)) {
                capture.commit(record);
            }
        }
        capture.dropAll();
    }

    private static String writeToZ(Wal wal, int id) {
        write(wal, "INSERT INTO z VALUES (" + id + ")");
        return wal.ask("SELECT pg_current_wal_insert_lsn()");
    }

    private static void write(Wal wal, String sql) {
        wal.write(List.of(new Statement(1, sql)));
    }

    private static boolean isPast(Wal wal, String slot, String position) {
        return "t"
                .equals(wal.ask("SELECT confirmed_flush_lsn >= '" + position + "'::pg_lsn - 7"
                        + " FROM pg_replication_slots WHERE slot_name = '" + slot + "'"));
    }

    private static String table(SourceRecord record) {
        return record.topic().substring(record.topic().lastIndexOf('.') + 1);
    }

    private static int id(SourceRecord record) {
        return record.key() instanceof Struct key && key.schema().field("id") != null ? key.getInt32("id") : 0;
    }
}
