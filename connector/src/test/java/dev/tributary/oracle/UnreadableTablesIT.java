// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tributary.PostgresSourceConnector;
import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables that are new to a connector, and whose rows it may not read. */
class UnreadableTablesIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
        server.execute("CREATE ROLE few_reader LOGIN REPLICATION");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aNewTableIsRefusedWhileTheConnectorRunsAndWhenItStarts() throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "INSERT INTO orders VALUES (1)",
                "GRANT SELECT ON orders TO few_reader",
                "CREATE TABLE added (id int PRIMARY KEY)",
                "INSERT INTO added VALUES (1)",
                "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given
            String slot = wal.unusedSlot();
            Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, slot, Map.of()));
            options.put("database.user", "few_reader");
            options.put("topic.prefix", "unreadable");
            options.put("snapshot.mode", "initial");
            options.put("table.include.list", "public.orders");
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> more = new HashMap<>(options);
            more.put("table.include.list", "public.orders,public.added");
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.untilSnapshotEnds();
                List<SourceRecord> records = new ArrayList<>();
                wal.write(Statement.on(0, "INSERT INTO orders VALUES (2)"));
                capture.until(records, () -> !records.isEmpty());
                capture.commit(records.get(records.size() - 1));

                // When / Then
                assertThat(errors(more))
                        .singleElement()
                        .asString()
                        .contains("is not allowed to read public.added", "GRANT SELECT ON public.added TO few_reader");
                assertThat(errors(options)).isEmpty();
            }
            wal.awaitRelease(slot);

            // When
            Throwable refused = catchThrowable(() -> Capture.start(Contender.TRIBUTARY, more, offsets));

            // Then
            assertThat(refused)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("is not allowed to read public.added");

            // When
            wal.write(Statement.on(0, "GRANT SELECT ON added TO few_reader"));

            // Then
            try (Capture capture = Capture.start(Contender.TRIBUTARY, more, offsets)) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, record -> record.topic().endsWith(".added"));
            }
        }
    }

    private static List<String> errors(Map<String, String> options) {
        return new PostgresSourceConnector()
                .validate(options).configValues().stream()
                        .filter(value -> value.name().equals("database.user"))
                        .map(ConfigValue::errorMessages)
                        .findFirst()
                        .orElseThrow();
    }
}
