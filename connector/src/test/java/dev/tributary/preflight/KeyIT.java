// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.config.UnidentifiedTables;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyIT {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with();

    private final TestDatabase database = SERVER.newDatabase();

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
    void refusesToPublishATableWhoseUpdatesWouldFail() throws SQLException {
        // Given
        database.execute("CREATE TABLE audit (at int)", "CREATE TABLE orders (id int PRIMARY KEY)");
        var request = Requests.on(database.target("postgres"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "usable replica identity: public.audit")
                .is(Severity.ERROR, "table.include.list")
                .says("applications that write to them FAIL", "publication.tables.without.identity")
                .fixedBy("ALTER TABLE public.audit REPLICA IDENTITY FULL");

        // When / Then
        assertOne(request.withoutIdentity(UnidentifiedTables.ACCEPT).run(), "usable replica identity")
                .is(Severity.WARNING, "table.include.list");
        assertOne(request.withoutIdentity(UnidentifiedTables.SKIP).run(), "usable replica identity")
                .is(Severity.WARNING, "table.include.list")
                .says("left out");
        assertThat(request.withoutIdentity(UnidentifiedTables.SKIP).preparations())
                .containsExactly("CREATE PUBLICATION pub FOR TABLE public.orders");

        // When
        database.execute(found.statements());

        // Then
        assertNone(request.run(), "usable replica identity");
    }

    @Test
    void refusesAPublicationOfAllTablesThatWouldBreakATableThatIsNotCaptured() {
        // Given
        database.execute("CREATE TABLE audit (at int)", "CREATE TABLE orders (id int PRIMARY KEY)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .capturing("public.orders")
                .publication(PublicationMode.ALL_TABLES)
                .withoutIdentity(UnidentifiedTables.SKIP)
                .run();

        // Then
        assertOne(findings, "usable replica identity: public.audit")
                .is(Severity.ERROR, "table.include.list")
                .says("publication.autocreate.mode=filtered");
    }

    @Test
    void publishesGeneratedColumnsThatUpdatesNeed() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE price (net int, gross int GENERATED ALWAYS AS (net * 2) STORED)",
                "ALTER TABLE price REPLICA IDENTITY FULL",
                "INSERT INTO price VALUES (1)");
        var request = Requests.on(database.target("postgres"));

        // When
        database.execute(request.preparations().toArray(String[]::new));

        // Then
        database.execute("UPDATE price SET net = 2");
        assertNone(request.run(), "replica identity");
        assertNone(request.run(), "Generated columns");
    }

    @Test
    void refusesToPublishGeneratedColumnsThatMakeUpdatesFail() {
        // Given
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "CREATE TABLE price (net int, gross int GENERATED ALWAYS AS (net * 2) STORED)",
                "ALTER TABLE price REPLICA IDENTITY FULL",
                "CREATE TABLE virtual (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL)",
                "ALTER TABLE virtual REPLICA IDENTITY FULL",
                "INSERT INTO price VALUES (1)",
                "INSERT INTO virtual VALUES (1)",
                "CREATE PUBLICATION pub FOR TABLE orders");
        var request = Requests.on(database.target("postgres"));

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "usable replica identity: public.price, public.virtual")
                .is(Severity.ERROR, "table.include.list")
                .says("it contains generated columns that are not published")
                .fixedBy(
                        "ALTER PUBLICATION pub SET (publish_generated_columns = stored)",
                        "ALTER TABLE public.virtual REPLICA IDENTITY DEFAULT");

        // When
        database.execute("ALTER PUBLICATION pub ADD TABLE price, virtual");

        // Then
        assertThatThrownBy(() -> database.execute("UPDATE price SET net = 2"))
                .hasMessageContaining("cannot update table");
        assertThatThrownBy(() -> database.execute("UPDATE virtual SET id = 2"))
                .hasMessageContaining("cannot update table");

        // When
        database.execute(found.statements());

        // Then
        database.execute("UPDATE price SET net = 2", "UPDATE virtual SET id = 2");
        assertNone(request.run(), "replica identity");
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
        var selection = new TableSelection(table -> true, List.of(), List.of(), table -> List.of("at"), false, false);

        // When / Then
        assertThat(Requests.on(database.target("postgres")).with(selection).run())
                .isEmpty();
    }

    @Test
    void warnsOfAChosenKeyThatDeletesDoNotHave() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, number int)");
        var selection =
                new TableSelection(table -> true, List.of(), List.of(), table -> List.of("id", "number"), false, false);
        var request = Requests.on(database.target("postgres")).with(selection);

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, "not part of the replica identity: public.orders")
                .is(Severity.WARNING, "message.key.columns")
                .says("stops at the first delete")
                .fixedBy("ALTER TABLE public.orders REPLICA IDENTITY FULL");
        database.execute(found.statements());
        assertNone(request.run(), "replica identity");
    }

    @Test
    void refusesAPrimaryKeyThatDeletesDoNotHave() {
        // Given
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, code int NOT NULL)",
                "CREATE UNIQUE INDEX by_code ON orders (code)",
                "ALTER TABLE orders REPLICA IDENTITY USING INDEX by_code",
                "CREATE TABLE late (id int PRIMARY KEY DEFERRABLE, code int NOT NULL)",
                "CREATE UNIQUE INDEX late_code ON late (code)",
                "ALTER TABLE late REPLICA IDENTITY USING INDEX late_code",
                "CREATE TABLE keyless (a int NOT NULL, b int NOT NULL)",
                "CREATE UNIQUE INDEX keyless_a ON keyless (a)",
                "CREATE UNIQUE INDEX keyless_b ON keyless (b) INCLUDE (a)",
                "ALTER TABLE keyless REPLICA IDENTITY USING INDEX keyless_b");
        var request = Requests.on(database.target("postgres"));
        String lacking = "records is not part of the replica identity: public.keyless, public.late, public.orders";

        // When
        var findings = request.run();

        // Then
        var found = assertOne(findings, lacking)
                .is(Severity.ERROR, "table.include.list")
                .fixedBy(
                        "ALTER TABLE public.keyless REPLICA IDENTITY FULL",
                        "ALTER TABLE public.late REPLICA IDENTITY FULL",
                        "ALTER TABLE public.orders REPLICA IDENTITY DEFAULT");
        assertOne(request.running().run(), lacking).is(Severity.WARNING, "table.include.list");
        assertNone(request.skipping("u", "d").run(), "not part of the replica identity");
        assertNone(request.skipping("d", "t").run(), "not part of the replica identity");
        database.execute(found.statements());
        assertNone(request.run(), "replica identity");
    }

    @Test
    void comparesThePartitionsWithTheKeyOfTheTableWhoseNameTheirChangesCarry() {
        // Given
        database.execute(
                "CREATE TABLE log (at int, id int NOT NULL, PRIMARY KEY (at)) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "CREATE UNIQUE INDEX by_id ON log_1 (id)",
                "ALTER TABLE log_1 REPLICA IDENTITY USING INDEX by_id",
                "CREATE PUBLICATION pub FOR TABLE log WITH (publish_via_partition_root = true)");

        // When / Then
        assertOne(
                        Requests.on(database.target("postgres"))
                                .capturing("public.log")
                                .run(),
                        "not part of the replica identity: public.log_1")
                .fixedBy("ALTER TABLE public.log_1 REPLICA IDENTITY DEFAULT");
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
