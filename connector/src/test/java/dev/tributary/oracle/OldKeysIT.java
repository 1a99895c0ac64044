// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of rows that were updated or deleted: what the old row has, and where it does not matter. */
class OldKeysIT {

    private static final Map<String, String> BY_REGION =
            Map.of("message.key.columns", "public.orders:region", "table.include.list", "public.(orders|beginning)");

    private static final Map<String, String> LEAVING_OUT = Map.of(
            "message.key.columns",
            "public.orders:region",
            "table.include.list",
            "public.(orders|beginning)",
            "event.processing.failure.handling.mode",
            "warn");

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The first start is not refused, either. */
    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aDeleteThatIsNotSentNeedsNoKey(String metadata) {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE orders (id int PRIMARY KEY, code int NOT NULL)",
                "CREATE UNIQUE INDEX by_code ON orders (code)",
                "ALTER TABLE orders REPLICA IDENTITY USING INDEX by_code",
                "CREATE TABLE goods (id int PRIMARY KEY, code int NOT NULL)",
                "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (3, 3), (6, 6)",
                    "DELETE FROM orders WHERE id = 6",
                    "UPDATE orders SET code = 30",
                    "INSERT INTO goods VALUES (1, 10)",
                    "DELETE FROM goods",
                    "INSERT INTO orders VALUES (7, 7)"));
            Mark end = wal.mark();
            Map<String, String> options = Map.of(
                    "skipped.operations", "d,t",
                    "message.key.columns", "public.goods:code",
                    "provide.transaction.metadata", metadata);

            // Then
            assertThat(brief(wal.read(Contender.TRIBUTARY, options, end)))
                    .containsExactly(
                            "c Struct{id=3}",
                            "c Struct{id=6}",
                            "u Struct{id=3}",
                            "c Struct{code=10}",
                            "c Struct{id=7}");
        }
    }

    /** Postgres sends the old row as the partition has it, under the name of the partitioned table. */
    @ParameterizedTest
    @ValueSource(strings = {"FULL", "DEFAULT"})
    void aNullInTheOldRowOfAPartitionWithAFullIdentityIsAValueOfTheKey(String ofRoot) {
        try (Wal wal = orders(
                "id int, at int, region text, PRIMARY KEY (id, at)",
                "ALTER TABLE orders REPLICA IDENTITY " + ofRoot,
                "ALTER TABLE orders_1 REPLICA IDENTITY FULL")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (1, 1, NULL), (2, 2, NULL)",
                    "UPDATE orders SET region = 'eu' WHERE id = 1",
                    "DELETE FROM orders WHERE id = 2",
                    "DELETE FROM orders WHERE id = 1"));
            Mark end = wal.mark();

            // Then
            assertThat(brief(wal.read(Contender.TRIBUTARY, BY_REGION, end)))
                    .containsExactly(
                            "c Struct{}",
                            "c Struct{}",
                            "d Struct{}",
                            "- Struct{}",
                            "c Struct{region=eu}",
                            "d Struct{}",
                            "- Struct{}",
                            "d Struct{region=eu}",
                            "- Struct{region=eu}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL", "DEFAULT"})
    void theIdentityOfThePartitionDecidesWhichNullsAreValues(String ofRoot) {
        try (Wal wal = orders(
                "id int, at int, region text, state text NOT NULL, PRIMARY KEY (id, at)",
                "ALTER TABLE orders REPLICA IDENTITY " + ofRoot,
                "ALTER TABLE orders_1 REPLICA IDENTITY FULL")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (1, 1, NULL, 'new'), (2, 2, 'eu', 'new'), (11, 11, 'us', 'new')",
                    "DELETE FROM orders WHERE id = 1",
                    "DELETE FROM orders WHERE id = 11",
                    "DELETE FROM orders WHERE id = 2"));
            Mark end = wal.mark();

            // Then
            assertThat(brief(wal.read(Contender.TRIBUTARY, LEAVING_OUT, end)))
                    .containsExactly(
                            "c Struct{}",
                            "c Struct{region=eu}",
                            "c Struct{region=us}",
                            "d Struct{}",
                            "- Struct{}",
                            "d Struct{region=eu}",
                            "- Struct{region=eu}");
            assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, BY_REGION, end))
                    .hasMessageContaining("A row of public.orders was deleted, and the WAL does not have the key");
        }
    }

    /** Both partitions can have sent such a row. */
    @Test
    void aRowThatCanBeOfEitherPartitionHasNoKey() {
        try (Wal wal = orders(
                "id int, at int, region text, PRIMARY KEY (id, at)", "ALTER TABLE orders_1 REPLICA IDENTITY FULL")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO orders VALUES (1, 1, NULL), (2, 2, NULL), (11, 11, 'us')",
                    "DELETE FROM orders WHERE id = 1",
                    "ALTER TABLE orders_2 REPLICA IDENTITY FULL",
                    "DELETE FROM orders WHERE id = 11",
                    "DELETE FROM orders WHERE id = 2"));
            Mark end = wal.mark();

            // Then: the third statement ends the doubt
            assertThat(brief(wal.read(Contender.TRIBUTARY, LEAVING_OUT, end)))
                    .containsExactly(
                            "c Struct{}",
                            "c Struct{}",
                            "c Struct{region=us}",
                            "d Struct{region=us}",
                            "- Struct{region=us}",
                            "d Struct{}",
                            "- Struct{}");
        }
    }

    /** Postgres leaves out a large value that an update does not change. */
    @ParameterizedTest
    @ValueSource(strings = {"public.orders:region", "public.orders:id,region"})
    void anUpdateWhoseKeyTheWalDoesNotHaveStopsTheTask(String key) {
        try (Wal wal = largeRegions()) {
            // Given
            wal.write(Statement.on(0, "UPDATE orders SET state = 'old'", "INSERT INTO orders VALUES (3, 'us', 'new')"));
            Mark end = wal.mark();
            Map<String, String> options = Map.of("message.key.columns", key);
            Map<String, String> leavingOut =
                    Map.of("message.key.columns", key, "event.processing.failure.handling.mode", "warn");
            Map<String, String> skipping = Map.of("message.key.columns", key, "skipped.operations", "u,t");

            // Then
            assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, options, end))
                    .hasMessageContaining("A row of public.orders was updated, and the WAL does not have the key")
                    .hasMessageContaining("(region)")
                    .hasMessageContaining("REPLICA IDENTITY FULL");
            assertThat(brief(wal.read(Contender.TRIBUTARY, leavingOut, end)))
                    .hasSize(2)
                    .last(InstanceOfAssertFactories.STRING)
                    .contains("region=us");
            assertThat(brief(wal.read(Contender.TRIBUTARY, skipping, end)))
                    .hasSize(2)
                    .last(InstanceOfAssertFactories.STRING)
                    .contains("region=us");
            assertThat(brief(wal.read(Contender.DEBEZIUM, options, end)))
                    .anySatisfy(record -> assertThat(record).contains("__debezium_unavailable_value"));
        }
    }

    /** The old row has the whole key, so the new one is known as well. */
    @ParameterizedTest
    @ValueSource(strings = {"FULL", "USING INDEX by_region"})
    void anUpdateWhoseKeyTheOldRowHasIsSent(String identity) {
        try (Wal wal = largeRegions("ALTER TABLE orders REPLICA IDENTITY " + identity)) {
            // Given
            wal.write(Statement.on(0, "UPDATE orders SET state = 'old'"));
            Map<String, String> options = Map.of("message.key.columns", "public.orders:region");

            // Then
            assertThat(brief(wal.read(Contender.TRIBUTARY, options, wal.mark())))
                    .hasSize(2)
                    .last(InstanceOfAssertFactories.STRING)
                    .startsWith("u Struct{region=")
                    .hasSizeGreaterThan(2_500);
        }
    }

    private static Wal largeRegions(String... more) {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE TABLE orders (id int PRIMARY KEY, region text NOT NULL, state text)",
                "ALTER TABLE orders ALTER region SET STORAGE EXTERNAL",
                "CREATE UNIQUE INDEX by_region ON orders (region)"));
        statements.addAll(List.of(more));
        statements.add("CREATE PUBLICATION everything FOR ALL TABLES");
        Wal wal = Wal.after(server, statements.toArray(String[]::new));
        wal.write(Statement.on(0, "INSERT INTO orders VALUES (1, repeat('eu', 1250), 'new')"));
        return wal;
    }

    private static Wal orders(String columns, String... more) {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE TABLE orders (" + columns + ") PARTITION BY RANGE (at)",
                "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (10) TO (20)"));
        statements.addAll(List.of(more));
        statements.add("CREATE PUBLICATION everything FOR ALL TABLES WITH (publish_via_partition_root = true)");
        return Wal.after(server, statements.toArray(String[]::new));
    }

    /** Operations and keys. */
    private static List<String> brief(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> Stream.of("orders", "goods").anyMatch(record.topic()::endsWith))
                .map(record ->
                        (record.value() instanceof Struct value ? value.getString("op") : "-") + " " + record.key())
                .toList();
    }
}
