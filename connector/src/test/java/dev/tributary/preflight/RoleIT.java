// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoleIT {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with("CREATE ROLE app LOGIN REPLICATION PASSWORD 'app'");

    private final TestDatabase database = SERVER.newDatabase();

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
        var selection = new TableSelection(table -> true, List.of(), List.of(), table -> List.of(), false, true);

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
    void warnsAConnectorThatResumesOfTablesThatItMayNoLongerRead() {
        // Given
        database.execute(
                "CREATE ROLE revoked LOGIN REPLICATION PASSWORD 'revoked'", "CREATE TABLE orders (id int PRIMARY KEY)");
        database.execute("CREATE PUBLICATION pub FOR TABLE orders");
        database.execute("SELECT pg_create_logical_replication_slot('slot_" + database.name() + "', 'pgoutput')");
        var request = Requests.on(database.target("revoked")).starting();
        try {
            // When
            var findings = request.stored("0/1").run();

            // Then
            assertOne(findings, "not allowed to read").is(Severity.WARNING, "database.user");
            assertOne(request.run(), "not allowed to read").is(Severity.ERROR, "database.user");
        } finally {
            database.execute("SELECT pg_drop_replication_slot('slot_" + database.name() + "')");
        }
    }

    @Test
    void refusesANewTableWhoseRowsItCannotReadWhileItStreams() throws Exception {
        // Given
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "GRANT SELECT ON orders TO app",
                "CREATE TABLE added (id int PRIMARY KEY)",
                "CREATE TABLE hidden (id int PRIMARY KEY)",
                "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
                "GRANT SELECT ON hidden TO app",
                "CREATE PUBLICATION pub FOR TABLE orders, added, hidden",
                "SELECT pg_create_logical_replication_slot('slot_" + database.name() + "', 'pgoutput')");
        var request = Requests.on(database.target("app")).starting().stored("0/1");
        var added = new TableName("public", "added");
        var hidden = new TableName("public", "hidden");
        var known = Map.of(added, oid("added"), hidden, oid("hidden"));
        try {
            // When
            var findings = request.backfilling(Map.of(new TableName("public", "orders"), "1"))
                    .run();

            // Then
            assertOne(findings, "not allowed to read public.added")
                    .is(Severity.ERROR, "database.user")
                    .says("rows that exist already are not sent", "new.tables=backfill")
                    .fixedBy("GRANT SELECT ON public.added TO app");
            assertOne(findings, "hide rows from role app: public.hidden")
                    .is(Severity.ERROR, "database.user")
                    .says("new.tables=backfill");

            // When / Then
            var resumed = request.backfilling(known).run();
            assertOne(resumed, "not allowed to read public.added").is(Severity.WARNING, "database.user");
            assertOne(resumed, "hide rows").is(Severity.WARNING, "database.user");
            // created again
            assertOne(
                            request.running()
                                    .backfilling(Map.of(added, "1", hidden, oid("hidden")))
                                    .run(),
                            "not allowed to read public.added")
                    .is(Severity.ERROR, "database.user");
            // an offset of Debezium
            assertOne(request.backfilling(null).run(), "not allowed to read public.added")
                    .is(Severity.WARNING, "database.user");
            assertNone(
                    request.backfilling(Map.of())
                            .reading(table -> table.name().equals("orders"))
                            .run(),
                    "not allowed to read");
        } finally {
            database.execute("SELECT pg_drop_replication_slot('slot_" + database.name() + "')");
        }
    }

    private String oid(String table) throws SQLException {
        var target = database.target("postgres");
        try (var connection = DriverManager.getConnection(target.url(), target.properties());
                var result = connection.createStatement().executeQuery("SELECT '" + table + "'::regclass::oid")) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void refusesToReadTablesWhoseRowsAreHidden() {
        // Given
        database.execute(
                "CREATE ROLE tenant LOGIN REPLICATION PASSWORD 'tenant'",
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "GRANT SELECT ON orders TO tenant",
                "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                "CREATE PUBLICATION pub FOR TABLE orders");
        var request = Requests.on(database.target("tenant"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "Row-level security can hide rows from role tenant: public.orders")
                .is(Severity.ERROR, "database.user")
                .fixedBy("ALTER ROLE tenant BYPASSRLS");
        assertOne(request.snapshot(false, false).run(), "Row-level security").is(Severity.WARNING, "database.user");
        database.execute(found.statements());
        assertThat(request.run()).isEmpty();
    }
}
