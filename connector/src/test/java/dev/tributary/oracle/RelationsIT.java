// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change is that of the table that it was made in, under the name and with the key that the table had then. */
class RelationsIT {

    private static final Map<String, String> ORDERS = Map.of("table.include.list", "public.orders");

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
    void aTableThatWasRenamedOutOfTheFilterIsNoLongerCaptured() {
        try (Wal wal = Wal.after(
                server,
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "CREATE TABLE orders (id int PRIMARY KEY, a text)",
                "CREATE TABLE orders_new (id int PRIMARY KEY, b int)")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (1, 'first')",
                    "ALTER TABLE orders RENAME TO orders_old",
                    "ALTER TABLE orders_new RENAME TO orders",
                    "INSERT INTO orders VALUES (2, 2)",
                    "INSERT INTO orders_old VALUES (3, 'old')",
                    "INSERT INTO orders VALUES (4, 4)",
                    "UPDATE orders_old SET a = 'older' WHERE id = 1"));
            Mark end = wal.mark();

            // When
            List<SourceRecord> tributary = changes(wal.read(Contender.TRIBUTARY, ORDERS, end));

            // Then
            assertThat(keys(tributary)).containsExactly("Struct{id=1}", "Struct{id=2}", "Struct{id=4}");
            assertThat(after(tributary, 0)).isEqualTo("Struct{id=1,a=first}");
            assertThat(after(tributary, 1)).isEqualTo("Struct{id=2,b=2}");
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, ORDERS, end))
                    .as("decodes a row of the former table with the columns of the latter")
                    .hasRootCauseInstanceOf(NumberFormatException.class);
        }
    }

    @Test
    void aDeleteFromBeforeTheKeyWasChangedHasTheKeyOfThatTime() {
        try (Wal wal = Wal.after(
                server,
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "CREATE TABLE orders (id int CONSTRAINT k PRIMARY KEY, v int NOT NULL)")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (1, 7)",
                    "DELETE FROM orders",
                    "ALTER TABLE orders DROP CONSTRAINT k, ADD CONSTRAINT k PRIMARY KEY (v)",
                    "INSERT INTO orders VALUES (2, 8)",
                    "ALTER TABLE orders DROP CONSTRAINT k",
                    "INSERT INTO orders VALUES (3, 9)",
                    "ALTER TABLE orders ADD CONSTRAINT k PRIMARY KEY (v, id)",
                    "INSERT INTO orders VALUES (4, 10)"));
            Mark end = wal.mark();

            // When
            List<SourceRecord> debezium = changes(wal.read(Contender.DEBEZIUM, ORDERS, end));
            List<SourceRecord> tributary = changes(wal.read(Contender.TRIBUTARY, ORDERS, end));

            // Then
            assertThat(keys(tributary))
                    .containsExactly("Struct{id=1}", "Struct{id=1}", "Struct{v=8}", "null", "Struct{v=10,id=4}");
            assertThat(keys(debezium)).startsWith("Struct{v=7,id=1}");
        }
    }

    @Test
    void aDeleteFromBeforeTheKeyWasDroppedHasIt() {
        try (Wal wal = Wal.after(
                server,
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "CREATE TABLE orders (id int CONSTRAINT k PRIMARY KEY, v int UNIQUE NOT NULL)")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (1, 7)",
                    "DELETE FROM orders",
                    "ALTER TABLE orders DROP CONSTRAINT k",
                    "INSERT INTO orders VALUES (2, 8)"));
            Mark end = wal.mark();

            // When
            List<SourceRecord> tributary = changes(wal.read(Contender.TRIBUTARY, ORDERS, end));

            // Then
            assertThat(keys(tributary)).containsExactly("Struct{id=1}", "Struct{id=1}", "Struct{v=8}");
        }
    }

    /** Debezium does not find the key in the catalog. */
    @Test
    void aRowOfATableThatWasDroppedInTheSameTransactionHasItsKey() {
        try (Wal wal = Wal.after(
                server, "CREATE PUBLICATION everything FOR ALL TABLES", "CREATE TABLE orders (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "BEGIN", "INSERT INTO orders VALUES (1)", "DROP TABLE orders", "COMMIT"));
            Mark end = wal.mark();

            // When
            List<SourceRecord> debezium = changes(wal.read(Contender.DEBEZIUM, Map.of(), end));
            List<SourceRecord> tributary = changes(wal.read(Contender.TRIBUTARY, Map.of(), end));

            // Then
            assertThat(keys(tributary)).containsExactly("Struct{id=1}");
            assertThat(keys(debezium)).containsExactly("null");
        }
    }

    @Test
    void aNullIsNoValueOfAKeyThatTheTableHasNow() {
        try (Wal wal = Wal.after(
                server,
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "CREATE TABLE orders (id int, v int)",
                "ALTER TABLE orders REPLICA IDENTITY FULL")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (NULL, 7)",
                    "UPDATE orders SET id = 1",
                    "ALTER TABLE orders ADD PRIMARY KEY (id)"));
            Mark end = wal.mark();

            // When
            List<SourceRecord> debezium = changes(wal.read(Contender.DEBEZIUM, ORDERS, end));
            List<SourceRecord> tributary = changes(wal.read(Contender.TRIBUTARY, ORDERS, end));

            // Then
            assertThat(keys(tributary)).containsExactly("Struct{}", "Struct{}", "Struct{id=1}");
            assertThat(keys(debezium)).startsWith("Struct{id=0}");
        }
    }

    /** Postgres does not say that a deferrable key is a key, because it identifies no row for it. */
    @ParameterizedTest
    @EnumSource
    void aDeferrableKeyIsTheKeyOfRecords(Contender contender) {
        try (Wal wal = Wal.after(
                server,
                "CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert')",
                "CREATE TABLE orders (id int CONSTRAINT k PRIMARY KEY DEFERRABLE, v int UNIQUE)")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (1, 7)",
                    "ALTER TABLE orders ADD COLUMN w text",
                    "INSERT INTO orders VALUES (2, 8)"));

            // When
            List<SourceRecord> streamed = changes(wal.read(contender, ORDERS, wal.mark()));
            List<SourceRecord> snapshot = changes(wal.snapshot(contender, ORDERS));

            // Then
            assertThat(keys(streamed)).containsExactly("Struct{id=1}", "Struct{id=2}");
            assertThat(keys(snapshot)).containsExactlyInAnyOrder("Struct{id=1}", "Struct{id=2}");
        }
    }

    @Test
    void soIsOneThatAPartitionedTableHasInThePlaceOfItsPartitions() {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE orders (id int PRIMARY KEY DEFERRABLE) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_1 PARTITION OF orders DEFAULT",
                "CREATE PUBLICATION everything FOR ALL TABLES"
                        + " WITH (publish = 'insert', publish_via_partition_root)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO orders VALUES (1)"));

            // When
            List<SourceRecord> streamed = changes(wal.read(Contender.TRIBUTARY, ORDERS, wal.mark()));

            // Then
            assertThat(keys(streamed)).containsExactly("Struct{id=1}");
        }
    }

    private static List<SourceRecord> changes(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().endsWith(".orders") && record.value() != null)
                .toList();
    }

    private static List<String> keys(List<SourceRecord> records) {
        return records.stream().map(record -> String.valueOf(record.key())).toList();
    }

    private static String after(List<SourceRecord> records, int index) {
        return String.valueOf(((Struct) records.get(index).value()).get("after"));
    }
}
