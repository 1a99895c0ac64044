// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which positions are acknowledged to the server, and what the position of the slot says at the next start. */
class AcknowledgementIT {

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

    /** Each round ends with a crash of the worker: records are dropped, stored, or still on their way to Kafka. */
    @Test
    void losesNothingThatConnectWasNotDoneWith() throws Exception {
        long seed = System.nanoTime();
        System.out.println("AcknowledgementIT seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            // Given
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            Set<Integer> pending = new TreeSet<>();
            int id = 10_000;
            boolean moved = false;

            // When
            for (int round = 0; round < 30; round++) {
                List<SourceRecord> records = new ArrayList<>();
                int stored = 0;
                try (Capture capture = capture(wal, slot, offsets)) {
                    for (int step = random.nextInt(4); step >= 0; step--) {
                        for (int rows = random.nextInt(3); rows > 0; rows--) {
                            insert(wal, ++id);
                            pending.add(id);
                        }
                        wal.write(
                                Statement.on(2, "INSERT INTO signals VALUES ('" + round + "-" + step + "', 'x', '')"));
                        capture.until(records, () -> idsOf(records).containsAll(pending));
                        switch (random.nextInt(3)) {
                            case 0 -> {
                                capture.dropAll();
                                pending.clear();
                                stored = records.size();
                            }
                            case 1 -> {
                                if (stored < records.size()) {
                                    stored += 1 + random.nextInt(records.size() - stored);
                                    capture.commit(records.get(stored - 1));
                                    idsOf(records.subList(0, stored)).forEach(pending::remove);
                                }
                            }
                            default -> capture.commit();
                        }
                    }
                }
                wal.awaitRelease(slot);
                moved |= isMarked(wal, slot);
            }

            // Then
            assertThat(moved).as("the slot was moved past the stored offset").isTrue();
            try (Capture capture = capture(wal, slot, offsets)) {
                insert(wal, ++id);
                pending.add(id);
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, () -> idsOf(records).containsAll(pending));
            }
        }
    }

    @Test
    void recordsThatATransformDropsDoNotHoldTheSlotBack() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            try (Capture capture = capture(wal, slot, offsets)) {
                insert(wal, 10_001);
                capture.commit(read(capture, 1).get(0));

                // When
                insert(wal, 10_002);
                String end = wal.ask("SELECT pg_current_wal_insert_lsn()");
                read(capture, 1);
                capture.dropAll();

                // Then
                await("the slot past the dropped record").until(() -> isPast(wal, slot, end));
            }
            wal.awaitRelease(slot);
            assertThat(isMarked(wal, slot)).isTrue();
            insert(wal, 10_003);
            try (Capture capture = capture(wal, slot, offsets)) {
                assertThat(idsOf(read(capture, 1))).containsExactly(10_003);
            }
        }
    }

    @Test
    void aDatabaseWhoseChangesAreAllFilteredOutDoesNotHoldTheSlotBack() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            try (Capture capture = capture(wal, slot, offsets)) {
                // When
                wal.write(Statement.on(2, "INSERT INTO signals VALUES ('a', 'x', '')"));
                String end = wal.ask("SELECT pg_current_wal_insert_lsn()");

                // Then
                await("the slot past the filtered change").until(() -> {
                    capture.poll();
                    return isPast(wal, slot, end);
                });
            }
        }
    }

    @Test
    void recordsThatConnectHasNotConfirmedHoldTheSlotBack() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            String before = wal.ask("SELECT pg_current_wal_insert_lsn()");
            insert(wal, 10_001);
            try (Capture capture = capture(wal, slot, offsets)) {
                read(capture, 1);
                insert(wal, 10_002);
                read(capture, 1);
                capture.commit();
            }

            // When
            wal.awaitRelease(slot);

            // Then
            assertThat(isPast(wal, slot, before)).isFalse();
        }
    }

    @Test
    void aStopAcknowledgesWhatIsStored() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            Map<String, String> seldom = new HashMap<>(OPTIONS);
            seldom.put("status.update.interval.ms", "60000");
            insert(wal, 10_001);
            String end = wal.ask("SELECT pg_current_wal_insert_lsn()");
            Map<String, String> options = wal.options(Contender.TRIBUTARY, slot, seldom);
            Mark mark = wal.mark();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                List<SourceRecord> records = capture.until(mark);
                capture.commit(records.get(records.size() - 1));
            }

            // When
            wal.awaitRelease(slot);

            // Then
            assertThat(isPast(wal, slot, end)).isTrue();
            try (Capture capture = capture(wal, slot, new MemoryOffsets())) {
                insert(wal, 10_002);
                assertThat(idsOf(read(capture, 1))).containsExactly(10_002);
            }
        }
    }

    @Test
    void aSlotThatSomethingElseHasMovedIsALossInEveryFlushMode() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            insert(wal, 10_001);
            try (Capture capture = capture(wal, slot, offsets)) {
                capture.commit(read(capture, 1).get(0));
            }
            wal.awaitRelease(slot);
            insert(wal, 10_002);

            // When
            wal.ask("SELECT end_lsn FROM pg_replication_slot_advance('" + slot + "', pg_current_wal_insert_lsn())");

            // Then
            String moved =
                    wal.ask("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + slot + "'");
            for (String mode : List.of("connector", "connector_and_driver", "manual")) {
                Map<String, String> options = new HashMap<>(OPTIONS);
                options.put("lsn.flush.mode", mode);
                assertThatThrownBy(() -> start(wal, slot, offsets, options))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("up to " + moved + " are lost");
            }
            assertThatThrownBy(() -> start(wal, slot, offsets, OPTIONS))
                    .hasMessageContaining("Slot " + slot + " is at " + moved);
            Map<String, String> trusting = new HashMap<>(OPTIONS);
            trusting.put("offset.mismatch.strategy", "trust_slot");
            try (Capture capture = start(wal, slot, offsets, trusting)) {
                insert(wal, 10_003);
                assertThat(idsOf(read(capture, 1))).containsExactly(10_003);
            }
        }
    }

    @Test
    void aSlotThatTheConnectorHasMovedIsNoLossInAnyFlushMode() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            insert(wal, 10_001);
            try (Capture capture = capture(wal, slot, offsets)) {
                capture.commit(read(capture, 1).get(0));
                wal.write(Statement.on(2, "INSERT INTO signals VALUES ('a', 'x', '')"));
                String end = wal.ask("SELECT pg_current_wal_insert_lsn()");
                await("the slot past the stored offset").until(() -> {
                    capture.poll();
                    return isPast(wal, slot, end);
                });
            }
            wal.awaitRelease(slot);

            // When / Then
            int id = 10_001;
            for (String mode : List.of("connector", "connector_and_driver", "manual")) {
                Map<String, String> options = new HashMap<>(OPTIONS);
                options.put("lsn.flush.mode", mode);
                insert(wal, ++id);
                try (Capture capture = start(wal, slot, offsets, options)) {
                    assertThat(idsOf(read(capture, 1))).startsWith(10_002);
                }
                wal.awaitRelease(slot);
            }
        }
    }

    /** The slot is lost, the new snapshot waits for Kafka, and the worker crashes. */
    @Test
    void aSnapshotThatIsNotDeliveredKeepsTheNewSlotWhereItIs() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.unusedSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = new HashMap<>(OPTIONS);
            options.put("snapshot.mode", "when_needed");
            try (Capture capture = start(wal, slot, offsets, options)) {
                List<SourceRecord> rows = capture.untilSnapshotEnds();
                capture.commit(rows.get(rows.size() - 1));
                insert(wal, 10_001);
                capture.commit(read(capture, 1).get(0));
            }
            wal.drop(slot);
            insert(wal, 10_002);
            try (Capture capture = start(wal, slot, offsets, options)) {
                capture.untilSnapshotEnds();
                wal.write(Statement.on(2, "INSERT INTO signals VALUES ('a', 'x', '')"));
                capture.commit();
                insert(wal, 10_003);
                read(capture, 1);
            }

            // When
            wal.awaitRelease(slot);

            // Then
            assertThat(isMarked(wal, slot)).isFalse();
            try (Capture capture = start(wal, slot, offsets, options)) {
                assertThat(idsOf(capture.untilSnapshotEnds())).contains(10_002, 10_003);
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
                capture.commit(read(capture, 1).get(0));
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
                assertThat(idsOf(read(capture, 2))).containsExactly(10_002, 10_003);
            }
        }
    }

    /** A server that is shut down waits until all it has sent is acknowledged. */
    @Test
    void anIdleConnectorDoesNotKeepTheServerFromShuttingDown() throws Exception {
        // Given
        PostgresServer own = Wal.server();
        Wal wal = Wal.after(own, Goods.PREPARATIONS);
        String slot = wal.newSlot();
        try (Capture capture = capture(wal, slot, new MemoryOffsets())) {
            wal.write(Statement.on(2, "INSERT INTO signals VALUES ('a', 'x', '')"));
            String end = wal.ask("SELECT pg_current_wal_insert_lsn()");
            await("the slot past the filtered change").until(() -> {
                capture.poll();
                return isPast(wal, slot, end);
            });
            assertThat(isMarked(wal, slot)).isTrue();

            // When / Then
            own.close();
        }
    }

    private static boolean isMarked(Wal wal, String slot) {
        return is(wal, slot, "(confirmed_flush_lsn - '0/0') % 8 <> 0");
    }

    private static boolean isPast(Wal wal, String slot, String position) {
        return is(wal, slot, "confirmed_flush_lsn >= '" + position + "'::pg_lsn - 7");
    }

    private static boolean is(Wal wal, String slot, String condition) {
        return "t"
                .equals(wal.ask("SELECT " + condition + " FROM pg_replication_slots WHERE slot_name = '" + slot + "'"));
    }

    private static Capture capture(Wal wal, String slot, MemoryOffsets offsets) {
        return start(wal, slot, offsets, OPTIONS);
    }

    private static Capture start(Wal wal, String slot, MemoryOffsets offsets, Map<String, String> options) {
        return Capture.start(Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, options), offsets);
    }

    private static void insert(Wal wal, int id) {
        wal.write(List.of(new Statement(1, "INSERT INTO goods VALUES (" + id + ", 1, 'x')")));
    }

    private static List<Integer> idsOf(List<SourceRecord> records) {
        return records.stream()
                .filter(record ->
                        record.key() instanceof Struct key && key.schema().field("id") != null)
                .map(record -> ((Struct) record.key()).getInt32("id"))
                .toList();
    }

    private static List<SourceRecord> read(Capture capture, int count) {
        List<SourceRecord> records = new ArrayList<>();
        capture.until(records, () -> records.size() >= count);
        return records;
    }
}
