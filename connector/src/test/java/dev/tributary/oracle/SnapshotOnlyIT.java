// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code snapshot.mode=initial_only} reads rows, with a role that may do nothing but read, and streams nothing. */
class SnapshotOnlyIT {

    private static final int ROWS = 3_000;

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
    void needsNeitherASlotNorTheRightToReplicate() throws Exception {
        try (Wal wal = wal("alone")) {
            List<String> byDebezium = rows(wal, Contender.DEBEZIUM);
            String slots = wal.ask("SELECT count(*) FROM pg_replication_slots");

            // When
            List<String> rows = rows(wal, Contender.TRIBUTARY);

            // Then
            assertThat(rows).hasSize(ROWS).containsExactlyInAnyOrderElementsOf(byDebezium);
            assertThat(wal.ask("SELECT count(*) FROM pg_replication_slots")).isEqualTo(slots);
        }
    }

    @Test
    void startsOverAfterACrash() throws Exception {
        try (Wal wal = wal("again")) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = options(wal, Contender.TRIBUTARY);
            options.put("max.batch.size", "100");
            options.put("internal.snapshot.chunk.bytes", "8192");
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<SourceRecord> read = new ArrayList<>();
                capture.until(read, () -> read.size() >= ROWS / 2);
                capture.commit(read.get(ROWS / 2 - 1));
            }

            // When
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                // Then
                assertThat(capture.untilSnapshotEnds()).hasSize(ROWS);
            }
        }
    }

    private static Wal wal(String role) {
        return Wal.after(
                server,
                "CREATE ROLE " + role + " LOGIN",
                "CREATE TABLE goods (id int PRIMARY KEY, name text)",
                "INSERT INTO goods SELECT i, 'name ' || i FROM generate_series(1, " + ROWS + ") AS i",
                "GRANT SELECT ON goods TO " + role,
                "CREATE TABLE role_of_test AS SELECT '" + role + "' AS name");
    }

    private static List<String> rows(Wal wal, Contender contender) {
        try (Capture capture = Capture.start(contender, options(wal, contender), new MemoryOffsets())) {
            return capture.untilSnapshotEnds().stream()
                    .map(record -> String.valueOf(((Struct) record.value()).getStruct("after")))
                    .toList();
        }
    }

    private static Map<String, String> options(Wal wal, Contender contender) {
        Map<String, String> options = wal.options(contender, wal.unusedSlot(), Map.of());
        options.put("snapshot.mode", "initial_only");
        options.put("table.include.list", "public.goods");
        options.put("database.user", wal.ask("SELECT name FROM role_of_test"));
        return options;
    }
}
