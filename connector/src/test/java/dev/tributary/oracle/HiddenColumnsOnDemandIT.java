// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.Mails.MASK;
import static dev.tributary.oracle.Mails.SECRET;
import static dev.tributary.oracle.Mails.insert;
import static dev.tributary.oracle.Mails.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link HiddenColumnsIT}, where a signal has the rows read, and no change follows the one of the table. */
class HiddenColumnsOnDemandIT {

    private static final String SIGNALS = "CREATE TABLE signals (id text PRIMARY KEY, type text, data text)";

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"TRIBUTARY, incremental", "TRIBUTARY, blocking", "FALLBACK, incremental", "FALLBACK, blocking"})
    void aRenamedColumnStopsTheTask(Contender contender, String type) {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)", SIGNALS);
                Capture capture = wal.start(contender, signals("public.t.mail"))) {
            // Given
            wal.write(insert(1));
            List<SourceRecord> records = new ArrayList<>(capture.until(wal.mark()));

            // When
            wal.write(Statement.on(0, "ALTER TABLE t RENAME COLUMN mail TO email"));
            wal.write(request("public.t", type));

            // Then
            assertThatThrownBy(() -> capture.until(records, () -> reads(records) > 0))
                    .hasMessageContaining("public.t.mail")
                    .hasMessageContaining("public.t.email");
            assertThat(texts(records)).contains("*****").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"TRIBUTARY", "FALLBACK"})
    void aPartitionThatIsCreatedLaterStopsTheTask(Contender contender) {
        try (Wal wal = OneTable.in(
                        server,
                        "CREATE TABLE t (id int PRIMARY KEY, mail text, more text) PARTITION BY RANGE (id)",
                        "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (2)",
                        SIGNALS);
                Capture capture = wal.start(contender, signals("public.t.mail,public.t_1.mail"))) {
            // Given
            wal.write(insert(1));
            List<SourceRecord> records = new ArrayList<>(capture.until(wal.mark()));

            // When: its rows are in no change
            wal.write(Statement.on(
                    0,
                    "CREATE UNLOGGED TABLE t_2 (id int PRIMARY KEY, mail text, more text)",
                    "INSERT INTO t_2 VALUES (2, '" + SECRET + "', 'x')",
                    "ALTER TABLE t_2 SET LOGGED",
                    "ALTER TABLE t ATTACH PARTITION t_2 FOR VALUES FROM (2) TO (3)"));
            wal.write(request("public.t_2", "blocking"));

            // Then
            assertThatThrownBy(() -> capture.until(records, () -> reads(records) > 0))
                    .hasMessageContaining("public.t_2.mail")
                    .hasMessageContaining(MASK);
            assertThat(texts(records)).contains("*****").doesNotContain(SECRET);
        }
    }

    /** The names stay those that the schema has, so Debezium notices nothing. */
    @ParameterizedTest
    @EnumSource(names = {"INSERT_INSERT", "READ_ONLY"})
    void columnsThatExchangeTheirNamesInTheMiddleStopTheTask(Watermarks signals, @TempDir Path directory) {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)", SIGNALS)) {
            // Given
            wal.write(Statement.on(
                    0, "INSERT INTO t SELECT id, '" + SECRET + "', 'x' FROM generate_series(1, 1000) AS id"));
            Map<String, String> options = new HashMap<>(signals.options(directory));
            options.put(MASK, "public.t.mail");
            options.put("incremental.snapshot.chunk.size", "2");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = wal.start(Contender.TRIBUTARY, new Mode("hidden", options))) {
                capture.until(records, wal.mark()::isIn);
                signals.signal(wal, directory, "execute-snapshot", "{\"data-collections\": [\"public.t\"]}");
                capture.until(records, () -> reads(records) > 2);

                // When
                wal.write(Statement.on(
                        0,
                        "BEGIN",
                        "ALTER TABLE t RENAME mail TO former",
                        "ALTER TABLE t RENAME more TO mail",
                        "ALTER TABLE t RENAME former TO more",
                        "COMMIT"));

                // Then
                assertThatThrownBy(() -> capture.until(records, () -> reads(records) == 1000))
                        .hasMessageContaining("public.t.mail")
                        .hasMessageContaining("public.t.more");
            }
            assertThat(texts(records)).contains("*****").doesNotContain(SECRET);
        }
    }

    private static Mode signals(String hidden) {
        return new Mode("hidden", Map.of(MASK, hidden, "signal.data.collection", "public.signals"));
    }

    private static List<Statement> request(String table, String type) {
        return Statement.on(
                0,
                "INSERT INTO signals VALUES ('now', 'execute-snapshot', '{\"data-collections\": [\"" + table
                        + "\"], \"type\": \"" + type + "\"}')");
    }

    private static long reads(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().startsWith("oracle.public.t"))
                .filter(record -> "r".equals(((Struct) record.value()).getString("op")))
                .count();
    }
}
