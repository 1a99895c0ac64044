// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.CatalogTable.ReplicaIdentity;
import dev.tributary.postgres.Publication.PublishedTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {14, 15, 16, 17, 18})
@SuppressWarnings("NullAway.Init")
class CatalogIT {

    @Parameter
    private int majorVersion;

    private static PostgresServer server;
    private static Database database;
    private static Database asReader;

    @BeforeParameterizedClassInvocation
    static void start(int majorVersion) throws IOException, SQLException {
        server = PostgresServer.start(majorVersion, Map.of("max_slot_wal_keep_size", "256MB"));
        server.execute(
                "CREATE ROLE reader LOGIN PASSWORD 'reader'",
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.orders (id int PRIMARY KEY, item text, twice int GENERATED ALWAYS AS (id * 2) STORED)",
                "CREATE TABLE shop.\"Odd \"\"name\" (id int)",
                "CREATE UNLOGGED TABLE shop.cache (id int PRIMARY KEY)",
                "CREATE TABLE shop.log (at int NOT NULL, seq int) PARTITION BY RANGE (at)",
                "CREATE TABLE shop.log_1 PARTITION OF shop.log FOR VALUES FROM (0) TO (10)",
                "CREATE VIEW shop.recent AS SELECT * FROM shop.orders",
                "CREATE MATERIALIZED VIEW shop.daily AS SELECT * FROM shop.orders",
                "CREATE TABLE shop.loose (id int NOT NULL)",
                "CREATE UNIQUE INDEX loose_id ON shop.loose (id)",
                "ALTER TABLE shop.loose REPLICA IDENTITY USING INDEX loose_id",
                "CREATE TABLE shop.late (id int PRIMARY KEY DEFERRABLE)",
                "CREATE TABLE shop.whole (id int PRIMARY KEY)",
                "ALTER TABLE shop.whole REPLICA IDENTITY FULL",
                "CREATE TABLE shop.mute (id int PRIMARY KEY)",
                "ALTER TABLE shop.mute REPLICA IDENTITY NOTHING",
                "GRANT USAGE ON SCHEMA shop TO reader",
                "GRANT SELECT ON shop.orders TO reader",
                "GRANT SELECT (id) ON shop.whole, shop.mute TO reader",
                "INSERT INTO shop.orders SELECT g, 'x' FROM generate_series(1, 1000) g",
                "ANALYZE shop.orders",
                "CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, update')",
                "CREATE PUBLICATION two_tables FOR TABLE shop.orders, shop.log WITH (publish_via_partition_root = true)",
                "SELECT pg_create_logical_replication_slot('decoding', 'pgoutput')",
                "SELECT pg_create_physical_replication_slot('physical')");
        database = Database.open(server.target());
        asReader = Database.open(server.target("postgres", "reader"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        asReader.close();
        database.close();
        server.close();
    }

    @Test
    void readsTheServer() {
        // When
        var found = asReader.server();

        // Then
        assertThat(found.majorVersion()).isEqualTo(majorVersion);
        assertThat(found.version()).startsWith(majorVersion + ".");
        assertThat(found.systemIdentifier()).isPositive();
        assertThat(found.database()).isEqualTo("postgres");
        assertThat(found.encoding()).isEqualTo("UTF8");
        assertThat(found.inRecovery()).isFalse();
        assertThat(found.walLevel()).isEqualTo("logical");
        assertThat(found.maxReplicationSlots()).isEqualTo(10);
        assertThat(found.replicationSlots()).isEqualTo(2);
        assertThat(found.maxWalSenders()).isEqualTo(10);
        assertThat(found.walSenders()).isZero();
        assertThat(found.maxSlotWalKeepSize()).isEqualTo(256L << 20);
        assertThat(found.walPosition()).isNotNull();
        assertThat(found.provider()).isEqualTo(Provider.SELF_MANAGED);
    }

    @Test
    void readsTheRole() throws SQLException {
        // When
        var superuser = database.role();
        var reader = asReader.role();

        // Then
        assertThat(superuser.mayReplicate()).isTrue();
        assertThat(superuser.mayCreateInDatabase()).isTrue();
        assertThat(reader).isEqualTo(new Role("reader", true, false, false, List.of(), List.of(), false));
    }

    @Test
    void readsSlots() throws SQLException {
        // When
        var logical = asReader.slot("decoding").orElseThrow();
        var physical = asReader.slot("physical").orElseThrow();
        var missing = asReader.slot("missing");

        // Then
        assertThat(logical.plugin()).isEqualTo("pgoutput");
        assertThat(logical.database()).isEqualTo("postgres");
        assertThat(logical.logical()).isTrue();
        assertThat(logical.temporary()).isFalse();
        assertThat(logical.activePid()).isNull();
        assertThat(logical.confirmedFlushLsn()).isNotNull();
        assertThat(logical.walStatus()).isEqualTo("reserved");
        assertThat(logical.safeWalSize()).isPositive();
        assertThat(logical.lost()).isFalse();
        assertThat(physical.logical()).isFalse();
        assertThat(physical.plugin()).isNull();
        assertThat(missing).isEmpty();
    }

    @Test
    void readsPublications() throws SQLException {
        // When
        var everything = asReader.publication("everything", "no_slot").orElseThrow();
        var some = asReader.publication("two_tables", "no_slot").orElseThrow();

        // Then
        assertThat(everything.allTables()).isTrue();
        assertThat(everything.inserts()).isTrue();
        assertThat(everything.updates()).isTrue();
        assertThat(everything.deletes()).isFalse();
        assertThat(everything.truncates()).isFalse();
        assertThat(everything.alterable()).isFalse();
        assertThat(everything.owner()).isEqualTo("postgres");
        assertThat(some.allTables()).isFalse();
        assertThat(some.viaRoot()).isTrue();
        assertThat(some.tables())
                .containsExactly(
                        new PublishedTable(new TableName("shop", "log"), List.of(), null),
                        new PublishedTable(new TableName("shop", "orders"), List.of(), null));
        assertThat(database.publication("two_tables", "no_slot").orElseThrow().alterable())
                .isTrue();
        assertThat(database.publication("none", "no_slot")).isEmpty();
    }

    @Test
    void readsFiltersAndSchemasWhereTheVersionHasThem() throws SQLException {
        // Given
        var since15 = majorVersion >= 15;
        server.execute(
                "CREATE PUBLICATION partial FOR TABLE shop.orders" + (since15 ? " (id) WHERE (id > 5)" : ""),
                "CREATE PUBLICATION schema_wide" + (since15 ? " FOR TABLES IN SCHEMA shop" : ""));

        // When
        var partial = asReader.publication("partial", "no_slot").orElseThrow();
        var schemaWide = asReader.publication("schema_wide", "no_slot").orElseThrow();

        // Then
        assertThat(partial.tables())
                .containsExactly(new PublishedTable(
                        new TableName("shop", "orders"),
                        since15 ? List.of("id") : List.of(),
                        since15 ? "(id > 5)" : null));
        assertThat(schemaWide.schemas()).isEqualTo(since15 ? List.of("shop") : List.of());
        assertThat(schemaWide.tables()).hasSize(since15 ? 7 : 0);
    }

    @Test
    void readsTables() throws SQLException {
        // When
        var tables = asReader.tables();

        // Then
        assertThat(tables)
                .extracting(table -> table.name().name())
                .containsExactlyInAnyOrder(
                        "orders",
                        "Odd \"name",
                        "cache",
                        "log",
                        "log_1",
                        "recent",
                        "daily",
                        "loose",
                        "late",
                        "whole",
                        "mute");
        assertThat(named(tables, "orders").primaryKey()).isTrue();
        assertThat(named(tables, "orders").storedGenerated()).containsExactly("twice");
        assertThat(named(tables, "orders").estimatedRows()).isEqualTo(1000);
        assertThat(named(tables, "orders").sizeBytes()).isPositive();
        assertThat(named(tables, "orders").access())
                .isEqualTo(new CatalogTable.Access("postgres", false, true, true, false));
        assertThat(named(tables, "whole").access().selectable())
                .as("every column granted")
                .isTrue();
        assertThat(named(tables, "cache").unlogged()).isTrue();
        assertThat(named(tables, "cache").access().selectable()).isFalse();
        assertThat(named(tables, "cache").publishable()).isFalse();
        assertThat(named(tables, "log").kind()).isEqualTo(Kind.PARTITIONED_TABLE);
        assertThat(named(tables, "log_1").parent()).isEqualTo(new TableName("shop", "log"));
        assertThat(named(tables, "recent").kind()).isEqualTo(Kind.VIEW);
        assertThat(named(tables, "daily").kind()).isEqualTo(Kind.MATERIALIZED_VIEW);
        assertThat(named(tables, "loose").replicaIdentity()).isEqualTo(ReplicaIdentity.INDEX);
        assertThat(named(tables, "loose").identityUsable()).isTrue();
        assertThat(named(tables, "loose").uniqueIndex()).isEqualTo("loose_id");
        assertThat(named(tables, "loose").identityIndexes()).isEqualTo(Map.of("loose_id", List.of("id")));
        assertThat(named(tables, "loose").keyColumns()).containsExactly("id");
        assertThat(named(tables, "late").keyColumns()).containsExactly("id");
        assertThat(named(tables, "late").identityIndexes()).as("deferrable key").isEmpty();
        assertThat(named(tables, "late").identityUsable()).as("deferrable key").isFalse();
        assertThat(named(tables, "whole").replicaIdentity()).isEqualTo(ReplicaIdentity.FULL);
        assertThat(named(tables, "mute").identityUsable()).isFalse();
        assertThat(named(tables, "Odd \"name").primaryKey()).isFalse();
    }

    @Test
    void quotesAsTheServerDoes() {
        // Given
        var names =
                List.of("orders", "Orders", "select", "user", "name", "odd \"one", "tab\\le", "größe", "1st", "_x$");

        for (var name : names) {
            // When
            var quoted = Identifier.quote(name);

            // Then
            assertThatCode(() ->
                            server.execute("CREATE TABLE " + quoted + " (" + quoted + " int)", "DROP TABLE " + quoted))
                    .doesNotThrowAnyException();
            assertThat(server.ask("SELECT " + Identifier.literal(name))).isEqualTo(name);
        }
        var keywords = server.ask("SELECT string_agg(word, ' ' ORDER BY word) FROM pg_get_keywords()"
                        + " WHERE quote_ident(word) <> word")
                .split(" ");
        assertThat(keywords)
                .hasSizeGreaterThan(100)
                .allSatisfy(word -> assertThat(Identifier.quote(word)).isEqualTo('"' + word + '"'));
    }

    private static CatalogTable named(List<CatalogTable> tables, String name) {
        return tables.stream()
                .filter(table -> table.name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
