// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.ColumnSelection;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableListIT {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with();

    private final TestDatabase database = SERVER.newDatabase();

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
    void refusesANameWithoutMatchAmongOthers() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        var request = Requests.on(database.target("postgres")).capturing("public.orders", "public\\.ordres");

        // When
        var findings = request.run();

        // Then
        assertOne(findings, "'public\\.ordres' matches no table")
                .is(Severity.ERROR, "table.include.list")
                .says("did you mean public.orders?");
        assertOne(request.running().run(), "'public\\.ordres' matches no table")
                .is(Severity.WARNING, "table.include.list");
        // A task that resumes may have captured a table that was dropped since.
        assertOne(request.starting().stored("0/1").run(), "'public\\.ordres' matches no table")
                .is(Severity.WARNING, "table.include.list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public.aufträgge",
                "public\\.aufträgge",
                "public.заказы",
                "public.注文",
                "public.or#der",
                "public.a\\$b"
            })
    void refusesANameWithoutMatchInAnyAlphabet(String name) {
        // Given
        database.execute("CREATE TABLE kunden (id int PRIMARY KEY)", "CREATE TABLE \"aufträge\" (id int PRIMARY KEY)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .capturing("public.kunden", name)
                .run();

        // Then
        assertOne(findings, "'" + name + "' matches no table").is(Severity.ERROR, "table.include.list");
    }

    @Test
    void refusesANameOfASchemaInAnyAlphabet() {
        // Given
        database.execute("CREATE TABLE kunden (id int PRIMARY KEY)");
        var selection = new TableSelection(
                table -> true, List.of(), List.of("public", "verkäufe"), table -> List.of(), false, false);

        // When
        var findings = Requests.on(database.target("postgres")).with(selection).run();

        // Then
        assertOne(findings, "'verkäufe' matches no schema").is(Severity.ERROR, "schema.include.list");
    }

    @Test
    void waitsForTablesIfToldSo() throws SQLException {
        // Given
        var request = Requests.on(database.target("postgres"))
                .capturing("public.orders", "public.invoices")
                .waiting();

        // When
        var findings = request.run();

        // Then
        assertOne(findings, "'public.orders' matches no table")
                .is(Severity.INFO, "table.include.list")
                .says("once it is created");
        assertThat(request.preparations()).containsExactly("CREATE PUBLICATION pub");

        // When
        database.execute("CREATE PUBLICATION pub", "CREATE TABLE orders (id int PRIMARY KEY)");

        // Then
        assertThat(request.preparations()).containsExactly("ALTER PUBLICATION pub ADD TABLE public.orders");
    }

    @Test
    void warnsAboutAnExpressionWithoutMatchAmongOthers() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .capturing("public.orders", "public.invoices_.*")
                .run();

        // Then
        assertOne(findings, "'public.invoices_.*' matches no table").is(Severity.WARNING, "table.include.list");
    }

    @Test
    void refusesANameOfASchemaWithoutTables() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        var selection = new TableSelection(
                table -> true, List.of(), List.of("public", "sales", "s.*x"), table -> List.of(), false, false);

        // When
        var findings = Requests.on(database.target("postgres")).with(selection).run();

        // Then
        assertOne(findings, "'sales' matches no schema").is(Severity.ERROR, "schema.include.list");
        assertOne(findings, "'s.*x' matches no schema").is(Severity.WARNING, "schema.include.list");
    }

    @Test
    void saysWhenAnotherFilterHidesTheTables() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        var selection = new TableSelection(
                table -> false, List.of("public.orders"), List.of("slaes"), table -> List.of(), false, false);

        // When
        var findings = Requests.on(database.target("postgres")).with(selection).run();

        // Then
        assertOne(findings, "other filters exclude all").is(Severity.ERROR, "table.include.list");
        assertOne(findings, "matches no schema").is(Severity.ERROR, "schema.include.list");
    }

    @Test
    void refusesANameOfTheSnapshotThatMatchesNoCapturedTable() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)", "CREATE TABLE other (id int PRIMARY KEY)");
        var request = Requests.on(database.target("postgres"))
                .capturing("public.orders")
                .readingOnly("public.ordres", "public.orders", "\"public\".\"orders\"", "public.x.*", "public.other");

        // When
        var findings = request.run();

        // Then
        assertOne(findings, "'public.ordres' matches no captured table")
                .is(Severity.ERROR, "snapshot.include.collection.list")
                .says("its rows are not read", "did you mean public.orders?");
        assertOne(findings, "'public.x.*' matches no captured table")
                .is(Severity.WARNING, "snapshot.include.collection.list");
        assertOne(findings, "'public.other' matches only tables that are not captured")
                .is(Severity.WARNING, "snapshot.include.collection.list");
        assertThat(findings)
                .filteredOn(finding -> finding.option().startsWith("snapshot"))
                .hasSize(3);
        assertOne(request.waiting().run(), "'public.ordres'").is(Severity.INFO, "snapshot.include.collection.list");
    }

    @Test
    void warnsAboutAnExcludedNameWithoutATable() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)", "CREATE TABLE items (id int PRIMARY KEY)");
        var selection = new TableSelection(
                table -> true,
                List.of(),
                List.of(),
                table -> List.of(),
                false,
                false,
                new ColumnSelection(column -> true, List.of()),
                List.of("public.itmes", "public.items", "public.none.*"));

        // When
        var findings = Requests.on(database.target("postgres")).with(selection).run();

        // Then
        assertOne(findings, "'public.itmes' matches no table")
                .is(Severity.WARNING, "table.exclude.list")
                .says("did you mean public.items?");
        assertNone(findings, "'public.items'");
        assertNone(findings, "'public.none.*'");
    }

    @Test
    void warnsAboutADatabaseWithoutTables() {
        assertOne(Requests.on(database.target("postgres")).run(), "match no table")
                .is(Severity.WARNING, "table.include.list");
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
