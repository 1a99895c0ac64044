// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ColumnList;
import dev.tributary.config.ColumnList.Use;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.Backfill;
import dev.tributary.preflight.PreflightRequest.ColumnSelection;
import dev.tributary.preflight.PreflightRequest.SnapshotUse;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A configuration that is validated for a connector that has captured before, possibly one of Debezium. */
class PastIT {

    private static final String[] IDENTIFIED_BY_CODE = {
        "CREATE TABLE orders (id int PRIMARY KEY, code int NOT NULL)",
        "CREATE UNIQUE INDEX by_code ON orders (code)",
        "ALTER TABLE orders REPLICA IDENTITY USING INDEX by_code"
    };

    private static final String KEY = "records is not part of the replica identity: public.orders";

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with();

    private final TestDatabase database = SERVER.newDatabase();

    @AfterEach
    void dropSlots() {
        SERVER.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    }

    @Test
    void aKeyOutsideTheIdentityRefusesOnlyAConnectorThatBegins() {
        // Given
        database.execute(IDENTIFIED_BY_CODE);
        var request = Requests.on(database.target("postgres"));
        assertOne(request.run(), KEY).is(Severity.ERROR, "table.include.list");
        assertOne(request.running("table.include.list", "public.orders").run(), KEY)
                .is(Severity.WARNING, "table.include.list");

        // When
        createSlot(database);

        // Then
        assertOne(request.run(), KEY)
                .is(Severity.WARNING, "table.include.list")
                .says("A task without an offset to resume from does not start");
        assertOne(request.starting().stored("0/1").run(), KEY).is(Severity.WARNING, "table.include.list");
        assertOne(request.starting().run(), KEY).is(Severity.ERROR, "table.include.list");
    }

    @Test
    void aSlotOfAnotherDatabaseIsNotThatOfTheConnector() {
        // Given
        database.execute(IDENTIFIED_BY_CODE);
        TestDatabase other = SERVER.newDatabase();
        createSlot(other);

        // Then
        assertOne(
                        Requests.on(database.target("postgres"))
                                .slot("slot_" + other.name())
                                .run(),
                        KEY)
                .is(Severity.ERROR, "table.include.list");
    }

    @Test
    void rowsThatNobodyReadsAgainMayBeUnreadable() {
        // Given
        database.execute(
                "CREATE ROLE stopped LOGIN REPLICATION PASSWORD 'stopped'",
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "CREATE PUBLICATION pub FOR TABLE orders");
        var request = Requests.on(database.target("stopped"));
        assertOne(request.run(), "not allowed to read").is(Severity.ERROR, "database.user");

        // When
        createSlot(database);

        // Then
        assertOne(request.run(), "not allowed to read").is(Severity.WARNING, "database.user");
        var always = request.with(
                new SnapshotUse(true, true, true, false, table -> false, table -> true, List.of(), Backfill.OFF));
        assertOne(always.run(), "not allowed to read").is(Severity.ERROR, "database.user");
        assertOne(request.backfilling(null).run(), "not allowed to read").is(Severity.WARNING, "database.user");
    }

    @Test
    void rowsThatNobodyReadsAgainAreNotPublishedUnderAnotherName() {
        // Given
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, email text)",
                "CREATE TABLE staff (PRIMARY KEY (id)) INHERITS (people)");
        var request = Requests.on(database.target("postgres")).with(hiding("public.staff.email"));
        assertOne(request.run(), "but not public.people.email").is(Severity.ERROR, "the.option");

        // When
        createSlot(database);

        // Then
        assertNone(request.run(), "It hides");
    }

    /** A name that is new may be misspelt, and then a table would be missing, or its values published. */
    @Test
    void aNameWithoutATableIsAcceptedOnlyIfTheTaskHasIt() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        createSlot(database);
        var tables = Requests.on(database.target("postgres")).capturing("public.orders", "public.gone", "public.ordes");
        var columns =
                Requests.on(database.target("postgres")).with(hiding("public.orders.gone", "public.orders.emial"));

        // When
        var ofTables = tables.running("table.include.list", "public.orders", " public.gone")
                .run();
        var ofColumns = columns.running("the.option", "public.orders.gone").run();

        // Then
        assertOne(ofTables, "'public.gone' matches no table").is(Severity.WARNING, "table.include.list");
        assertOne(ofTables, "'public.ordes' matches no table").is(Severity.ERROR, "table.include.list");
        assertOne(ofColumns, "'public.orders.gone' matches no column").is(Severity.WARNING, "the.option");
        assertOne(ofColumns, "'public.orders.emial' matches no column").is(Severity.ERROR, "the.option");
        assertThat(tables.run())
                .filteredOn(finding -> finding.found().contains("matches no table"))
                .allMatch(finding -> finding.severity() == Severity.ERROR)
                .hasSize(2);
    }

    private static void createSlot(TestDatabase database) {
        database.execute("SELECT pg_create_logical_replication_slot('slot_" + database.name() + "', 'pgoutput')");
    }

    private static TableSelection everything() {
        return new TableSelection(table -> true, List.of(), List.of(), table -> List.of(), false, false);
    }

    private static TableSelection hiding(String... columns) {
        var all = everything();
        return new TableSelection(
                all.captured(),
                all.tablePatterns(),
                all.schemaPatterns(),
                all.keyColumns(),
                false,
                false,
                new ColumnSelection(column -> true, List.of(new ColumnList("the.option", Use.MASK, List.of(columns)))),
                List.of());
    }
}
