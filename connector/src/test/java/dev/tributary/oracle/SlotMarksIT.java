// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.position.SlotMark;
import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The position of a slot says which connector has moved it past the offset that Connect has stored. */
class SlotMarksIT {

    private static PostgresServer server;

    private final MemoryOffsets offsetsOfOne = new MemoryOffsets();

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
        assertThat(SlotMark.of("one")).isNotEqualTo(SlotMark.of("two"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatAnotherConnectorHasReadMeanwhileIsLost() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.newSlot();
            readOne(wal, slot);

            // When
            Map<String, String> trusting = new HashMap<>(options(wal, slot, "two"));
            trusting.put("offset.mismatch.strategy", "trust_slot");
            try (Capture two = Capture.start(Contender.TRIBUTARY, trusting, new MemoryOffsets())) {
                insert(wal, 2);
                String end = wal.ask("SELECT pg_current_wal_insert_lsn()");
                await("the slot past what the other connector is done with").until(() -> {
                    two.poll();
                    two.dropAll();
                    return is(wal, slot, "confirmed_flush_lsn >= '" + end + "'::pg_lsn - 7");
                });
            }
            wal.awaitRelease(slot);

            // Then
            assertThatThrownBy(() -> start(wal, slot, "one", offsetsOfOne))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContainingAll("a connector with another topic.prefix has read from it", "are lost");
        }
    }

    @Test
    void aConnectorThatBeginsIsRefusedTheSlotThatAnotherOneHasLeftBehind() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.newSlot();
            readOne(wal, slot);
            leaveBehind(wal, slot, SlotMark.of("one").bytes());

            // When / Then
            for (String mode : List.of("no_data", "initial", "when_needed")) {
                Map<String, String> options = new HashMap<>(options(wal, slot, "two"));
                options.put("snapshot.mode", mode);
                assertThatThrownBy(() -> Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets()))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContainingAll(
                                "Slot " + slot + " was read by a connector with another topic.prefix",
                                "SELECT pg_drop_replication_slot('" + slot + "')");
            }
        }
    }

    /** Its prefix was changed on purpose, say, and Connect has no offset for the new one. */
    @Test
    void aConnectorBeginsWithTheSlotOfAnotherOneIfItIsToldTo() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.newSlot();
            readOne(wal, slot);
            leaveBehind(wal, slot, SlotMark.of("one").bytes());
            insert(wal, 2);

            // When
            Map<String, String> options = new HashMap<>(options(wal, slot, "two"));
            options.put("offset.mismatch.strategy", "trust_slot");

            // Then
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                assertThat(ids(capture)).startsWith(2);
            }
        }
    }

    @Test
    void aConnectorWhoseOffsetsAreDeletedBeginsWithItsOwnSlot() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.newSlot();
            readOne(wal, slot);
            leaveBehind(wal, slot, SlotMark.of("one").bytes());
            insert(wal, 2);

            // When / Then
            try (Capture capture = start(wal, slot, "one", new MemoryOffsets())) {
                assertThat(ids(capture)).startsWith(2);
            }
        }
    }

    /** It marked the positions of all connectors with one byte. */
    @Test
    void theMarkOfTheFirstVersionIsAccepted() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.newSlot();
            readOne(wal, slot);
            leaveBehind(wal, slot, 1);
            insert(wal, 2);

            // When / Then
            try (Capture capture = start(wal, slot, "one", offsetsOfOne)) {
                assertThat(ids(capture)).startsWith(2);
            }
            wal.awaitRelease(slot);
            try (Capture capture = start(wal, slot, "two", new MemoryOffsets())) {
                assertThat(ids(capture)).startsWith(2);
            }
        }
    }

    private void readOne(Wal wal, String slot) throws Exception {
        insert(wal, 1);
        try (Capture capture = start(wal, slot, "one", offsetsOfOne)) {
            List<SourceRecord> records = new ArrayList<>();
            capture.until(records, () -> !records.isEmpty());
            capture.commit(records.get(0));
        }
        wal.awaitRelease(slot);
    }

    /** Moves the slot to a position as a connector does: this many bytes before a position of the server. */
    private static void leaveBehind(Wal wal, String slot, int bytes) {
        wal.write(Statement.on(2, "INSERT INTO elsewhere VALUES (1)"));
        wal.ask("SELECT end_lsn FROM pg_replication_slot_advance('" + slot + "', pg_current_wal_flush_lsn() - " + bytes
                + ")");
        assertThat(is(wal, slot, "(confirmed_flush_lsn - '0/0') % 8 = " + (8 - bytes)))
                .isTrue();
    }

    private static Wal wal() {
        return Wal.after(
                server,
                "CREATE TABLE goods (id int PRIMARY KEY)",
                "CREATE TABLE elsewhere (id int)",
                "CREATE PUBLICATION everything FOR ALL TABLES");
    }

    private static Map<String, String> options(Wal wal, String slot, String prefix) {
        Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, slot, Map.of()));
        options.put("name", prefix);
        options.put("topic.prefix", prefix);
        options.put("table.include.list", "public.goods");
        options.put("status.update.interval.ms", "200");
        return options;
    }

    private static Capture start(Wal wal, String slot, String prefix, MemoryOffsets offsets) {
        return Capture.start(Contender.TRIBUTARY, options(wal, slot, prefix), offsets);
    }

    private static void insert(Wal wal, int id) {
        wal.write(Statement.on(1, "INSERT INTO goods VALUES (" + id + ")"));
    }

    private static boolean is(Wal wal, String slot, String condition) {
        return "t"
                .equals(wal.ask("SELECT " + condition + " FROM pg_replication_slots WHERE slot_name = '" + slot + "'"));
    }

    private static List<Integer> ids(Capture capture) {
        List<SourceRecord> records = new ArrayList<>();
        capture.until(records, () -> !records.isEmpty());
        return records.stream()
                .map(record -> ((Struct) record.key()).getInt32("id"))
                .toList();
    }
}
