// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ColumnMask;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.ColumnSelection;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ColumnIT {

    private static PostgresServer server;

    private TestDatabase database;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
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

    /** The filters exclude the column {@code secret}. */
    private static TableSelection masking(String option, String columns) {
        return new TableSelection(
                table -> true,
                List.of(),
                List.of(),
                table -> List.of(),
                false,
                false,
                new ColumnSelection(
                        column -> !column.name().equals("secret"),
                        List.of(new ColumnMask(option, column -> column.matches(columns)))));
    }
}
