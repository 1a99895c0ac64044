// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** Before Postgres 18, a slot cannot be read past a time without the publication. */
class RecreatedPublicationIT {

    @Test
    void theTaskSaysWhyItCannotGoOnAndWhatToDo() throws Exception {
        try (PostgresServer server = PostgresServer.start(17, Map.of());
                Wal wal = Wal.after(
                        server,
                        "CREATE TABLE goods (id int PRIMARY KEY)",
                        "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            String slot = wal.newSlot();
            Map<String, String> options = wal.options(Contender.TRIBUTARY, slot, Map.of());
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<SourceRecord> records = capture.until(wal.mark());
                capture.commit(records.get(records.size() - 1));
            }
            wal.awaitRelease(slot);

            // When
            wal.write(Statement.on(
                    0,
                    "DROP PUBLICATION everything",
                    "INSERT INTO goods VALUES (1)",
                    "CREATE PUBLICATION everything FOR ALL TABLES"));

            // Then
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                Mark mark = wal.mark();
                assertThatThrownBy(() -> capture.until(mark))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageStartingWith(
                                "There was no publication everything at the position of replication slot " + slot)
                        .hasMessageContaining("SELECT pg_drop_replication_slot('" + slot + "')");
            }

            // When
            wal.drop(slot);
            options.put("snapshot.mode", "initial");
            options.put("table.include.list", "public.goods");
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                // Then
                assertThat(capture.untilSnapshotEnds()).hasSize(1);
            }
        }
    }
}
