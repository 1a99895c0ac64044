// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;

import dev.tributary.config.ColumnList;
import dev.tributary.config.ColumnList.Use;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.ColumnSelection;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Options that hide a column under some of the names that its values have. */
class RelatedColumnIT {

    private static final String[] PARTITIONED = {
        "CREATE TABLE orders (id int PRIMARY KEY, email text, note text) PARTITION BY RANGE (id)",
        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (1) TO (2)",
        "CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (2) TO (3)"
    };

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with();

    private final TestDatabase database = SERVER.newDatabase();

    @ParameterizedTest
    @EnumSource(
            value = Use.class,
            names = {"MASK", "TRUNCATE", "EXCLUDE"})
    void refusesToHideAColumnOfAPartitionedTableButNotOfItsPartitions(Use use) {
        // Given
        database.execute(PARTITIONED);
        var request = Requests.on(database.target("postgres"));

        // Then
        for (var each : List.of(request, request.starting().stored("0/1"), request.running())) {
            assertOne(each.with(listing(use, "public.orders.email")).run(), "It hides public.orders.email, but not")
                    .is(Severity.ERROR, "the.option")
                    .says(
                            "public.orders_1.email, public.orders_2.email.",
                            "published as they are",
                            "public\\.orders.*\\.email");
        }
        assertNone(request.with(listing(use, "public.orders.*\\.email")).run(), "It hides");
        assertNone(
                request.with(listing(use, "public.orders.email", "public.orders_1.email", "public.orders_2.email"))
                        .run(),
                "It hides");
    }

    @Test
    void refusesToHideAColumnOfAPartitionButNotOfTheTableThatCarriesItsName() {
        // Given
        database.execute(PARTITIONED);
        database.execute("CREATE PUBLICATION pub FOR TABLE orders WITH (publish_via_partition_root = true)");
        var request = Requests.on(database.target("postgres"))
                .with(listing(Use.MASK, "public.orders_1.email", "public.orders_2.email"));

        // Then
        assertOne(request.run(), "It hides public.orders_1.email, public.orders_2.email, but not public.orders.email")
                .is(Severity.ERROR, "the.option");
        assertOne(request.starting().stored("0/1").run(), "but not public.orders.email")
                .is(Severity.ERROR, "the.option");
    }

    @Test
    void acceptsToHideAColumnUnderTheOnlyNameThatChangesCarry() {
        // Given
        database.execute(PARTITIONED);
        database.execute("CREATE PUBLICATION pub FOR TABLE orders WITH (publish_via_partition_root = true)");
        var request = Requests.on(database.target("postgres")).with(listing(Use.MASK, "public.orders.email"));

        // Then
        assertOne(request.run(), "but not public.orders_1.email").is(Severity.ERROR, "the.option");
        assertNone(request.starting().stored("0/1").run(), "It hides");
        assertNone(request.snapshot(false, false).run(), "It hides");
    }

    @Test
    void refusesToHideAColumnOfATableButNotOfThoseThatInheritIt() {
        // Given
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, email text)",
                "CREATE TABLE clients (PRIMARY KEY (id)) INHERITS (people)");
        var request = Requests.on(database.target("postgres"));

        // Then
        assertOne(request.with(listing(Use.MASK, "public.people.email")).run(), "It hides public.people.email")
                .is(Severity.ERROR, "the.option")
                .says("public.clients.email");
        assertOne(request.with(listing(Use.MASK, "public.clients.email")).run(), "It hides public.clients.email")
                .is(Severity.ERROR, "the.option")
                .says("public.people.email");
        assertNone(
                request.with(listing(Use.MASK, "public.clients.email"))
                        .snapshot(false, false)
                        .run(),
                "It hides");
    }

    @ParameterizedTest
    @EnumSource(
            value = Use.class,
            names = {"MASK", "TRUNCATE", "EXCLUDE"})
    void refusesToHideAColumnButNotThoseThatAreGeneratedFromIt(Use use) {
        // Given
        database.execute("CREATE TABLE users (id int PRIMARY KEY, name text, email text,"
                + " email_lc text GENERATED ALWAYS AS (lower(email)) STORED,"
                + " both_lc text GENERATED ALWAYS AS (lower(name) || lower(email)) STORED,"
                + " name_lc text GENERATED ALWAYS AS (lower(name)) STORED)");
        var request = Requests.on(database.target("postgres"));
        var email = new ColumnList("the.option", use, List.of("public.users.email"));
        var accepted = new ColumnList("accepted", Use.ACCEPT, List.of("public.users.(email|both)_lc"));

        // Then
        for (var each : List.of(request, request.starting().snapshot(true, true))) {
            assertOne(each.with(selection(email)).run(), "It hides public.users.email, but not")
                    .is(Severity.ERROR, "the.option")
                    .says(
                            "not public.users.both_lc, public.users.email_lc.",
                            "generates the values",
                            "column.exclude.list",
                            "column.generated.accept.list");
        }
        assertNone(
                request.with(listing(use, "public.users.email", "public.users.(email|both)_lc"))
                        .run(),
                "It hides");
        assertNone(request.with(selection(email, accepted)).run(), "It hides");
        assertNone(request.with(listing(use, "public.users.email_lc")).run(), "It hides");
    }

    /** The publication has them from Postgres 18 on, if it says so. */
    @Test
    void aGeneratedColumnCountsWhereItIsSent() {
        // Given
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text,"
                        + " email_lc text GENERATED ALWAYS AS (lower(email)) STORED)",
                "CREATE PUBLICATION pub FOR TABLE users");
        var request = Requests.on(database.target("postgres")).with(listing(Use.MASK, "public.users.email"));
        var resumed = request.starting().stored("0/1");

        // Then
        assertNone(resumed.run(), "It hides");
        assertNone(request.snapshot(false, false).run(), "It hides");
        assertOne(request.run(), "It hides public.users.email, but not public.users.email_lc")
                .is(Severity.ERROR, "the.option");

        // When
        database.execute("ALTER PUBLICATION pub SET (publish_generated_columns = stored)");

        // Then
        assertOne(resumed.run(), "It hides public.users.email, but not public.users.email_lc")
                .is(Severity.ERROR, "the.option");
        assertOne(request.snapshot(false, false).run(), "but not public.users.email_lc")
                .is(Severity.ERROR, "the.option");
    }

    private static TableSelection listing(Use use, String... columns) {
        return selection(new ColumnList("the.option", use, List.of(columns)));
    }

    private static TableSelection selection(ColumnList... lists) {
        return new TableSelection(
                table -> true,
                List.of(),
                List.of(),
                table -> List.of(),
                false,
                false,
                new ColumnSelection(column -> true, List.of(lists)),
                List.of());
    }
}
