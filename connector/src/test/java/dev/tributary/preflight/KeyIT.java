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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyIT {

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
}
