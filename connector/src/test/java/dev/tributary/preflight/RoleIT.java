// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleIT {

    private static PostgresServer server;

    private TestDatabase database;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
        server.execute("CREATE ROLE app LOGIN REPLICATION PASSWORD 'app'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void create() {
        database = server.newDatabase();
    }

    @Test
    void suggestsTheReplicationAttribute() {
        // Given
        database.execute("CREATE ROLE \"Shop app\" LOGIN");
        var request = Requests.on(database.target("Shop app"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "not allowed to replicate")
                .is(Severity.ERROR, "database.user")
                .fixedBy("ALTER ROLE \"Shop app\" REPLICATION");
        database.execute(found.statements());
        assertNone(request.run(), "not allowed to replicate");
    }

    @Test
    void suggestsGrantsOfSelectAndUsage() {
        // Given
        database.execute("CREATE SCHEMA sales", "CREATE TABLE sales.\"Order\" (id int PRIMARY KEY)");
        var request = Requests.on(database.target("app"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "not allowed to read")
                .is(Severity.ERROR, "database.user")
                .says("sales.Order")
                .fixedBy("GRANT USAGE ON SCHEMA sales TO app", "GRANT SELECT ON sales.\"Order\" TO app");
        database.execute(found.statements());
        assertNone(request.run(), "not allowed to read");
    }

    @Test
    void warnsAboutUnreadableTablesWhenNoSnapshotReadsThem() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");

        // When
        var findings =
                Requests.on(database.target("app")).snapshot(false, false).run();

        // Then
        assertOne(findings, "not allowed to read").is(Severity.WARNING, "database.user");
    }

    @Test
    void warnsAboutUnreadableColumnsWhenColumnsAreFiltered() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, secret text)", "GRANT SELECT (id) ON orders TO app");
        var selection = new TableSelection(table -> true, List.of(), List.of(), table -> false, false, true);

        // When
        var findings = Requests.on(database.target("app")).with(selection).run();

        // Then
        assertOne(findings, "not allowed to read").is(Severity.WARNING, "database.user");
    }

    @Test
    void requiresNoPublicationWhenOnlyASnapshotIsTaken() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)", "GRANT SELECT ON orders TO app");
        var request = Requests.on(database.target("app"));
        assertOne(request.run(), "cannot create it").is(Severity.ERROR, "publication.name");

        // Then
        assertThat(request.onlySnapshot().run()).isEmpty();
    }

    @Test
    void keepsLongListsShortAndTheFixWhole() {
        // Given
        database.execute(IntStream.range(0, 300)
                .mapToObj(i -> "CREATE TABLE t%03d (id int PRIMARY KEY)".formatted(i))
                .toArray(String[]::new));
        var request = Requests.on(database.target("app"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "not allowed to read").says("public.t009 and 290 more", "more like it");
        assertThat(findings).allSatisfy(finding -> assertThat(finding.message()).hasSizeLessThan(3_000));
        database.execute(found.statements());
        assertNone(request.run(), "not allowed to read");
    }

    @Test
    void suggestsTheNearestTable() {
        // Given
        database.execute("CREATE TABLE customers (id int PRIMARY KEY)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .capturing("public\\.custmers")
                .run();

        // Then
        assertOne(findings, "matches no table")
                .is(Severity.ERROR, "table.include.list")
                .says("'public\\.custmers'", "did you mean public.customers?");
        assertThat(findings).hasSize(1);
    }

    @Test
    void saysWhenTheSchemaIsMissing() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");

        // When
        var findings =
                Requests.on(database.target("postgres")).capturing("orders").run();

        // Then
        assertOne(findings, "matches no table")
                .is(Severity.ERROR, "table.include.list")
                .says("include the schema: public.orders");
    }

    @Test
    void warnsAboutAPatternWithoutMatchAmongOthers() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .capturing("public.orders", "public.invoices")
                .run();

        // Then
        assertOne(findings, "'public.invoices' matches no table").is(Severity.WARNING, "table.include.list");
    }

    @Test
    void saysWhenAnotherFilterHidesTheTables() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        var selection = new TableSelection(
                table -> false, List.of("public.orders"), List.of("slaes"), table -> false, false, false);

        // When
        var findings = Requests.on(database.target("postgres")).with(selection).run();

        // Then
        assertOne(findings, "other filters exclude all").is(Severity.ERROR, "table.include.list");
        assertOne(findings, "matches no schema").is(Severity.WARNING, "schema.include.list");
    }

    @Test
    void warnsAboutADatabaseWithoutTables() {
        assertOne(Requests.on(database.target("postgres")).run(), "match no table")
                .is(Severity.WARNING, "table.include.list");
    }

    @Test
    void warnsAboutUpdatesThatPostgresWouldReject() {
        // Given
        database.execute(
                "CREATE TABLE audit (at int)",
                "CREATE TABLE muted (id int PRIMARY KEY)",
                "ALTER TABLE muted REPLICA IDENTITY NOTHING",
                "CREATE PUBLICATION pub FOR TABLE audit, muted",
                "INSERT INTO audit VALUES (1)");
        assertThatThrownBy(() -> database.execute("UPDATE audit SET at = 2"))
                .hasMessageContaining("does not have a replica identity");
        var request = Requests.on(database.target("postgres"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "usable replica identity")
                .is(Severity.WARNING, "table.include.list")
                .says("FAIL")
                .fixedBy(
                        "ALTER TABLE public.audit REPLICA IDENTITY FULL",
                        "ALTER TABLE public.muted REPLICA IDENTITY DEFAULT");
        assertOne(findings, "without a primary key")
                .is(Severity.WARNING, "table.include.list")
                .says("public.audit", "message.key.columns");
        database.execute(found.statements());
        database.execute("UPDATE audit SET at = 2");
        assertNone(request.run(), "usable replica identity");
    }

    @Test
    void checksThePartitionsOfACapturedTable() {
        // Given
        database.execute(
                "CREATE TABLE log (at int) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)");

        // When
        var findings =
                Requests.on(database.target("postgres")).capturing("public.log").run();

        // Then
        assertOne(findings, "usable replica identity").fixedBy("ALTER TABLE public.log_1 REPLICA IDENTITY FULL");
    }

    @Test
    void requiresNoKeyWhereTheOptionsChooseOne() {
        // Given
        database.execute("CREATE TABLE audit (at int)", "ALTER TABLE audit REPLICA IDENTITY FULL");
        var selection = new TableSelection(table -> true, List.of(), List.of(), table -> true, false, false);

        // When / Then
        assertThat(Requests.on(database.target("postgres")).with(selection).run())
                .isEmpty();
    }

    @Test
    void reportsAKeyTakenFromAUniqueIndex() {
        // Given
        database.execute("CREATE TABLE code (c text NOT NULL UNIQUE)", "ALTER TABLE code REPLICA IDENTITY FULL");

        // When / Then
        assertOne(Requests.on(database.target("postgres")).run(), "unique index but no primary key")
                .is(Severity.INFO, "table.include.list");
    }

    @Test
    void requiresTheOldRowWhereTheOptionsNeedIt() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        var request = Requests.on(database.target("postgres")).needingOldRow();

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "without REPLICA IDENTITY FULL")
                .is(Severity.WARNING, "table.include.list")
                .fixedBy("ALTER TABLE public.orders REPLICA IDENTITY FULL");
        database.execute(found.statements());
        assertNone(request.run(), "without REPLICA IDENTITY FULL");
    }

    @Test
    void warnsAboutRelationsThatAreNeverPublished() {
        // Given
        database.execute(
                "CREATE UNLOGGED TABLE cache (id int PRIMARY KEY)",
                "CREATE VIEW recent AS SELECT 1 AS id",
                "CREATE MATERIALIZED VIEW daily AS SELECT 1 AS id",
                "CREATE FOREIGN DATA WRAPPER nowhere",
                "CREATE SERVER far FOREIGN DATA WRAPPER nowhere",
                "CREATE FOREIGN TABLE remote (id int) SERVER far");
        var request = Requests.on(database.target("postgres")).capturing("public\\..*");

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "Unlogged tables: public.cache")
                .is(Severity.WARNING, "table.include.list")
                .fixedBy("ALTER TABLE public.cache SET LOGGED");
        assertOne(findings, "Views: public.recent, public.daily").is(Severity.WARNING, "table.include.list");
        assertOne(findings, "Foreign tables: public.remote").is(Severity.WARNING, "table.include.list");
        database.execute(found.statements());
        assertNone(request.run(), "Unlogged");
    }
}
