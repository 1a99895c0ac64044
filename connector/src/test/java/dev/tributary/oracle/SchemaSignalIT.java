// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A signal that gives a table another schema than the WAL. */
class SchemaSignalIT {

    private static final String WITHOUT_V = """
            {"database": "d", "schema": "public", "changes": [{"type": "ALTER", "id": "\\"public\\".\\"t\\"", "table": {
              "defaultCharsetName": null, "primaryKeyColumnNames": ["id"], "columns": [{"name": "id", "jdbcType": 4,
              "typeName": "int4", "typeExpression": "int4", "position": 1, "optional": false,
              "autoIncremented": false, "generated": false}]}}]}
            """;

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
    @EnumSource
    void theColumnsOfAChangeAreThoseOfTheWal(Contender contender) throws Exception {
        try (Wal wal = Wal.after(
                        server,
                        "CREATE TABLE t (id int PRIMARY KEY, v text)",
                        "CREATE TABLE signals (id text PRIMARY KEY, type text, data text)",
                        "CREATE PUBLICATION everything FOR ALL TABLES");
                Capture capture =
                        wal.start(contender, Mode.of("signals", "signal.data.collection", "public.signals"))) {
            // When
            wal.write(Statement.on(
                    0,
                    "INSERT INTO t VALUES (1, 'before')",
                    "INSERT INTO signals VALUES ('s', 'schema-changes', '" + WITHOUT_V.strip() + "')",
                    "INSERT INTO t VALUES (2, 'after')"));
            Mark end = wal.mark();

            // Then
            if (contender == Contender.DEBEZIUM) {
                assertThatThrownBy(() -> capture.until(end)).hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
            } else {
                assertThat(capture.until(end))
                        .filteredOn(record -> record.topic().endsWith(".t"))
                        .extracting(record ->
                                ((Struct) record.value()).getStruct("after").getString("v"))
                        .containsExactly("before", "after");
            }
        }
    }
}
