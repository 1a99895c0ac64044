// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Debezium's post processor that reads again what the WAL does not have. */
class ReselectIT {

    private static final Map<String, String> RESELECT = Map.of(
            "post.processors", "reselect",
            "reselect.type", "io.debezium.processors.reselect.ReselectColumnsPostProcessor",
            "table.include.list", "public.notes");

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
    void aKeyThatMustBeQuotedIsFoundAgain() throws Exception {
        assertThat(textAfterUpdate(Contender.DEBEZIUM)).isEqualTo("__debezium_unavailable_value");
        assertThat(textAfterUpdate(Contender.TRIBUTARY)).isEqualTo("x".repeat(9_000));
    }

    private static String textAfterUpdate(Contender contender) throws Exception {
        try (Wal wal = Wal.after(
                        server,
                        "CREATE TABLE notes (\"Id\" int PRIMARY KEY, text text, times int)",
                        "ALTER TABLE notes ALTER text SET STORAGE EXTERNAL",
                        "INSERT INTO notes VALUES (1, repeat('x', 9000), 0)",
                        "CREATE PUBLICATION everything FOR ALL TABLES");
                Capture capture = Capture.start(
                        contender, wal.options(contender, wal.newSlot(), RESELECT), new MemoryOffsets())) {
            wal.write(Statement.on(0, "UPDATE notes SET times = 1"));
            return capture.until(wal.mark()).stream()
                    .filter(record -> record.topic().endsWith("notes"))
                    .map(SourceRecord::value)
                    .map(value -> ((Struct) value).getStruct("after").getString("text"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
