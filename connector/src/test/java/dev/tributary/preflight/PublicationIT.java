// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublicationIT {

    @RegisterExtension
    private static final TestServer SERVER =
            TestServer.with("CREATE ROLE app LOGIN REPLICATION PASSWORD 'app'", "GRANT pg_read_all_data TO app");

    private final TestDatabase database = SERVER.newDatabase();

    @BeforeEach
    void create() {
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, item text)", "CREATE TABLE items (id int PRIMARY KEY)");
    }

    @Test
    void requiresAPublicationWhenAutocreateIsDisabled() {
        // Given
        var request =
                Requests.on(database.target("app")).capturing("public.orders").publication(PublicationMode.DISABLED);

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "no publication pub")
                .is(Severity.ERROR, "publication.name")
                .says("publication.autocreate.mode is disabled")
                .fixedBy("CREATE PUBLICATION pub FOR TABLE public.orders");
        database.execute(found.statements());
        assertThat(request.run()).isEmpty();
    }

    @Test
    void requiresAPublicationWhenTheRoleOwnsNoTable() {
        // Given
        var request = Requests.on(database.target("app"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "no publication pub")
                .is(Severity.ERROR, "publication.name")
                .says("lacks CREATE on database", "does not own public.items, public.orders")
                .fixedBy("CREATE PUBLICATION pub FOR TABLE public.items, public.orders");
        database.execute(found.statements());
        assertThat(request.run()).isEmpty();
    }

    @Test
    void requiresASuperuserForAllTables() {
        // Given
        var request = Requests.on(database.target("app")).publication(PublicationMode.ALL_TABLES);

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "no publication pub")
                .is(Severity.ERROR, "publication.name")
                .fixedBy("CREATE PUBLICATION pub FOR ALL TABLES");
        database.execute(found.statements());
        assertThat(request.run()).isEmpty();
    }

    @Test
    void findsNothingWhenTheConnectorCanCreateThePublication() {
        // Given
        database.execute(
                "GRANT CREATE ON DATABASE " + database.name() + " TO app",
                "ALTER TABLE orders OWNER TO app",
                "ALTER TABLE items OWNER TO app");

        // When / Then
        assertThat(Requests.on(database.target("app")).run()).isEmpty();
        assertThat(Requests.on(database.target("app")).readOnly().run()).isEmpty();
    }

    @Test
    void requiresTablesThatTheRoleCannotAdd() {
        // Given
        database.execute("CREATE PUBLICATION pub FOR TABLE orders");
        var request = Requests.on(database.target("app")).capturing("public.*");

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "Publication pub lacks public.items")
                .is(Severity.ERROR, "publication.name")
                .says("its owner is postgres")
                .fixedBy("ALTER PUBLICATION pub ADD TABLE public.items");
        database.execute(found.statements());
        assertThat(request.run()).isEmpty();
    }

    @Test
    void warnsWhenSomeoneElseMaintainsThePublicationAndNoTableWasNamed() {
        // Given
        database.execute("CREATE PUBLICATION pub FOR TABLE orders");

        // When
        var findings = Requests.on(database.target("app"))
                .publication(PublicationMode.DISABLED)
                .run();

        // Then
        assertOne(findings, "Publication pub lacks public.items").is(Severity.WARNING, "publication.name");
    }

    @Test
    void acceptsAPublicationForAllTablesOrForASchema() {
        // Given
        database.execute("CREATE PUBLICATION pub FOR ALL TABLES");
        assertThat(Requests.on(database.target("app")).run()).isEmpty();

        // When
        database.execute("DROP PUBLICATION pub", "CREATE PUBLICATION pub FOR TABLES IN SCHEMA public");

        // Then
        assertThat(Requests.on(database.target("app")).run()).isEmpty();
    }

    @Test
    void findsNothingWhenTheConnectorCanAddTheMissingTables() {
        // Given
        database.execute("CREATE PUBLICATION pub FOR TABLE orders");

        // When / Then
        assertThat(Requests.on(database.target("postgres")).run()).isEmpty();
    }

    @Test
    void requiresEveryOperation() {
        // Given
        database.execute("CREATE PUBLICATION pub FOR ALL TABLES WITH (publish = 'insert, truncate')");
        var request = Requests.on(database.target("app"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "does not publish updates and deletes")
                .is(Severity.WARNING, "publication.name")
                .fixedBy("ALTER PUBLICATION pub SET (publish = 'insert, update, delete, truncate')");
        database.execute(found.statements());
        assertThat(request.run()).isEmpty();
    }

    @Test
    void requiresTheOperationsThatTheConnectorSends() {
        // Given
        database.execute("CREATE PUBLICATION pub FOR ALL TABLES WITH (publish = 'insert')");
        var request = Requests.on(database.target("app"));

        // Then
        assertThat(request.skipping("u", "d", "t").run()).isEmpty();
        assertOne(request.skipping("d").run(), "does not publish updates and truncates")
                .fixedBy("ALTER PUBLICATION pub SET (publish = 'insert, update, delete, truncate')");
    }

    @Test
    void publishesOnlyWhatTheConnectorSends() throws SQLException {
        // Given
        database.execute("CREATE TABLE audit (at int)");
        var request = Requests.on(database.target("postgres")).capturing("public.audit");

        // Then
        assertThat(request.skipping("u", "d").preparations())
                .containsExactly("CREATE PUBLICATION pub FOR TABLE public.audit WITH (publish = 'insert, truncate')");
        assertThat(request.skipping("u", "d", "t").preparations())
                .containsExactly("CREATE PUBLICATION pub FOR TABLE public.audit WITH (publish = 'insert')");
        assertNone(request.skipping("u", "d", "t").run(), "replica identity");
        assertOne(request.skipping("u").run(), "Tables without a usable replica identity: public.audit")
                .is(Severity.ERROR, "table.include.list");

        // When
        database.execute(request.skipping("u", "d", "t").preparations().toArray(String[]::new));

        // Then
        assertNone(request.skipping("u", "d", "t").run(), "replica identity");
        database.execute("INSERT INTO audit VALUES (1)", "UPDATE audit SET at = 2");
    }

    @Test
    void warnsAboutRowFiltersAndColumnListsWithoutShowingTheirValues() {
        // Given
        database.execute("CREATE PUBLICATION pub FOR TABLE orders (id), items WHERE (id > 4711)");
        var request = Requests.on(database.target("app"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "row filters or column lists")
                .is(Severity.WARNING, "publication.name")
                .says("public.orders (only columns id)", "public.items (rows filtered)")
                .fixedBy(
                        "ALTER PUBLICATION pub DROP TABLE public.items",
                        "ALTER PUBLICATION pub ADD TABLE public.items",
                        "ALTER PUBLICATION pub DROP TABLE public.orders",
                        "ALTER PUBLICATION pub ADD TABLE public.orders");
        assertThat(findings.get(0).message()).doesNotContain("4711");
        database.execute(found.statements());
        assertThat(request.run()).isEmpty();
    }

    @Test
    void warnsAboutGeneratedColumns() {
        // Given
        database.execute(
                "ALTER TABLE orders ADD twice int GENERATED ALWAYS AS (id * 2) STORED",
                "ALTER TABLE orders ADD thrice int GENERATED ALWAYS AS (id * 3) VIRTUAL",
                "CREATE PUBLICATION pub FOR ALL TABLES");
        var request = Requests.on(database.target("app"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "not published: public.orders.twice")
                .is(Severity.WARNING, "publication.name")
                .fixedBy("ALTER PUBLICATION pub SET (publish_generated_columns = stored)");
        database.execute(found.statements());
        assertNone(request.run(), "orders.twice");
        assertOne(request.run(), "not published: public.orders.thrice")
                .is(Severity.WARNING, "publication.name")
                .says("column.exclude.list=public.orders.thrice");
    }

    @Test
    void saysThatRowsOfInheritingTablesStayAsTheyWere() {
        // Given
        database.execute(
                "CREATE TABLE cities (id int PRIMARY KEY)",
                "CREATE TABLE capitals (PRIMARY KEY (id)) INHERITS (cities)",
                "CREATE PUBLICATION pub FOR TABLE cities, capitals");
        var request = Requests.on(database.target("app")).capturing("public.cities", "public.capitals");

        // When / Then
        assertOne(request.run(), "other tables inherit from: public.cities")
                .is(Severity.WARNING, "table.include.list")
                .says("under this name as well", "SELECT * FROM ONLY public.cities");
        assertNone(request.withOwnSelects().run(), "inherit from");
        assertNone(request.snapshot(false, false).run(), "inherit from");
    }
}
