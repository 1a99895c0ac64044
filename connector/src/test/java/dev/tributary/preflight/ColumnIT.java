// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ColumnList;
import dev.tributary.config.ColumnList.Use;
import dev.tributary.config.UncutTypes;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.ColumnSelection;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnIT {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with();

    private final TestDatabase database = SERVER.newDatabase();

    @Test
    void refusesColumnsWhoseNamesDifferOnlyByCase() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, \"ID\" text)");
        database.execute("CREATE TABLE items (id int PRIMARY KEY, \"IDs\" text)");

        // When
        var findings = Requests.on(database.target("postgres")).run();

        // Then
        assertOne(findings, "differ only by case: public.orders.id, public.orders.ID")
                .is(Severity.ERROR, "table.include.list")
                .says("public.orders RENAME COLUMN \"ID\" TO");
    }

    @Test
    void ignoresSuchColumnsOfTablesThatAreNotCaptured() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, \"ID\" text)");
        database.execute("CREATE TABLE items (id int PRIMARY KEY)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .capturing("public.items")
                .run();

        // Then
        assertThat(findings).extracting(Finding::found).noneMatch(found -> found.contains("case"));
    }

    @Test
    void refusesMasksOfTypesThatTheyDoNotChange() {
        // Given
        database.execute("CREATE DOMAIN mail AS text");
        database.execute("CREATE TYPE mood AS ENUM ('sad')");
        database.execute("CREATE TABLE people (id int PRIMARY KEY, a text, b varchar(9), c mail, d mood, e char(3),"
                + " f jsonb, g uuid, h text[], i int, secret jsonb)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .with(masking("column.mask.with.5.chars", "public.people.[a-z]+"))
                .run();

        // Then
        assertOne(findings, "matches columns that it does not change")
                .is(Severity.ERROR, "column.mask.with.5.chars")
                .says(
                        "public.people.id (integer), public.people.f (jsonb), public.people.g (uuid),"
                                + " public.people.h (text[]), public.people.i (integer).",
                        "published as they are");
    }

    @Test
    void refusesTruncationsOfTypesThatTheyDoNotChange() {
        // Given
        database.execute("CREATE DOMAIN tags AS text[]");
        database.execute("CREATE TABLE people (id int PRIMARY KEY, a text, b jsonb, c uuid, d bytea, e inet,"
                + " f text[], g tags, h numeric(9,2), i bit(8), j date, k interval, secret int)");
        var list = new ColumnList("the.option", Use.TRUNCATE, List.of("public.people.[a-z]+"));
        var request = Requests.on(database.target("postgres"));

        // Then
        assertOne(request.with(selection(list)).run(), "matches columns that it does not change")
                .is(Severity.ERROR, "the.option")
                .says(
                        "public.people.id (integer), public.people.f (text[]), public.people.g (public.tags),"
                                + " public.people.h (numeric(9,2)), public.people.i (bit(8)),"
                                + " public.people.j (date), public.people.k (interval).",
                        "published whole");
    }

    @Test
    void acceptsMasksOfText() {
        // Given
        database.execute("CREATE TABLE people (id int PRIMARY KEY, a text)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .with(masking("column.mask.with.5.chars", "public.people.a"))
                .run();

        // Then
        assertThat(findings).extracting(Finding::option).doesNotContain("column.mask.with.5.chars");
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void refusesANameThatMatchesNoColumn(Use use) {
        // Given
        database.execute("CREATE TABLE users (id int PRIMARY KEY, email text)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .with(listing(use, "public.users.emial", "users\\.email", "public.usres.email", "public.users.email"))
                .run();

        // Then
        var severity = EnumSet.of(Use.KEY, Use.ACCEPT).contains(use) ? Severity.WARNING : Severity.ERROR;
        assertOne(findings, "'public.users.emial' matches no column")
                .is(severity, "the.option")
                .says("did you mean public.users.email?");
        assertOne(findings, "'users\\.email' matches no column")
                .is(severity, "the.option")
                .says("name the schema and the table: public.users.email");
        assertOne(findings, "'public.usres.email' matches no column").is(severity, "the.option");
        assertNone(findings, "'public.users.email'");
    }

    @Test
    void warnsAboutAnExpressionThatMatchesNoColumn() {
        // Given
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text)",
                "CREATE TABLE other (id int PRIMARY KEY, email text)");
        var selection = listing(Use.MASK, ".*\\.mail", "public.other.email", ".*email");

        // When
        var findings = Requests.on(database.target("postgres"))
                .with(selection)
                .with(new TableSelection(
                        table -> table.name().equals("users"),
                        List.of(),
                        List.of(),
                        table -> List.of(),
                        false,
                        false,
                        selection.columns(),
                        List.of()))
                .run();

        // Then
        assertOne(findings, "'.*\\.mail' matches no column").is(Severity.WARNING, "the.option");
        assertOne(findings, "'public.other.email' matches only columns of tables that are not captured")
                .is(Severity.WARNING, "the.option");
        assertNone(findings, "'.*email'");
    }

    @Test
    void aNameWithoutAColumnStopsNoTaskThatHasCapturedBefore() {
        // Given
        database.execute("CREATE TABLE users (id int PRIMARY KEY, email text)");
        var request = Requests.on(database.target("postgres")).with(listing(Use.MASK, "public.users.gone"));

        // Then
        assertOne(request.starting().run(), "'public.users.gone'").is(Severity.ERROR, "the.option");
        assertOne(request.starting().stored("0/1").run(), "'public.users.gone'").is(Severity.WARNING, "the.option");
        assertOne(request.running().run(), "'public.users.gone'").is(Severity.WARNING, "the.option");
    }

    @Test
    void waitsForTheTablesOfColumnsIfItWaitsForTables() {
        // Given
        database.execute("CREATE TABLE users (id int PRIMARY KEY, email text)");
        var request = Requests.on(database.target("postgres"))
                .with(listing(Use.MASK, "public.later.email", "public.users.emial"))
                .waiting();

        // When
        var findings = request.run();

        // Then
        assertOne(findings, "'public.later.email'")
                .is(Severity.INFO, "the.option")
                .says("once it is created");
        assertOne(findings, "'public.users.emial'").is(Severity.ERROR, "the.option");
    }

    @ParameterizedTest
    @EnumSource(
            value = Use.class,
            names = {"MASK", "TRUNCATE", "EXCLUDE"})
    void warnsThatKeysAreNotHidden(Use use) {
        // Given
        database.execute(
                "CREATE TABLE users (email text PRIMARY KEY, name text)",
                "ALTER TABLE users REPLICA IDENTITY FULL",
                "CREATE TABLE logins (email text NOT NULL UNIQUE, name text)",
                "ALTER TABLE logins REPLICA IDENTITY FULL");

        // When
        var findings = Requests.on(database.target("postgres"))
                .with(listing(use, "public\\..*"))
                .run();

        // Then
        assertOne(findings, "columns of record keys: public.logins.email, public.users.email")
                .is(Severity.WARNING, "the.option")
                .says("published in the key", "message.key.columns", "MaskFields");
    }

    @Test
    void anotherKeyIsNotAffected() {
        // Given
        database.execute("CREATE TABLE users (email text PRIMARY KEY, name text)");
        var lists = listing(Use.MASK, "public.users.email");
        var selection = new TableSelection(
                table -> true,
                List.of(),
                List.of(),
                table -> List.of("NAME"),
                false,
                false,
                lists.columns(),
                List.of());

        // When / Then
        assertNone(Requests.on(database.target("postgres")).with(selection).run(), "record keys");
    }

    private static TableSelection listing(Use use, String... columns) {
        return selection(new ColumnList("the.option", use, List.of(columns)));
    }

    private static TableSelection masking(String option, String columns) {
        return selection(new ColumnList(option, Use.MASK, List.of(columns)));
    }

    /** The filters exclude the column {@code secret}. */
    private static TableSelection selection(ColumnList list) {
        return new TableSelection(
                table -> true,
                List.of(),
                List.of(),
                table -> List.of(),
                false,
                false,
                new ColumnSelection(column -> !column.name().equals("secret"), List.of(list), UncutTypes.of(Map.of())),
                List.of());
    }
}
