// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ChosenIdentity;
import dev.tributary.config.ChosenIdentity.Kind;
import dev.tributary.config.UnidentifiedTables;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code replica.identity.autoset.values}. */
class ChosenIdentityIT {

    private static final ChosenIdentity FULL = new ChosenIdentity(Kind.FULL, "");
    private static final String OPTION = "replica.identity.autoset.values";

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with();

    private final TestDatabase database = SERVER.newDatabase();

    @Test
    void aTableGetsItsIdentityBeforeItIsPublished() throws SQLException {
        // Given
        database.execute("CREATE TABLE audit (at int)", "INSERT INTO audit VALUES (1)");
        var request = Requests.on(database.target("postgres")).choosing(FULL);

        // When
        var preparations = request.preparations();

        // Then
        assertNone(request.run(), "usable replica identity");
        assertThat(preparations)
                .containsExactly(
                        "ALTER TABLE public.audit REPLICA IDENTITY FULL",
                        "CREATE PUBLICATION pub FOR TABLE public.audit");
        assertThat(Preflight.examine(request.request()).preparations())
                .as("transactions")
                .hasSize(2);

        // When
        database.execute(preparations.toArray(String[]::new));

        // Then
        database.execute("UPDATE audit SET at = 2");
        assertThat(request.preparations()).isEmpty();
    }

    @Test
    void aTableThatIsAddedLaterAndPartitionsOfOneThatIsPublishedGetTheirs() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE log (at int) PARTITION BY RANGE (at)",
                "CREATE PUBLICATION pub FOR TABLE log WITH (publish_via_partition_root = true)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "INSERT INTO log VALUES (1)",
                "CREATE TABLE \"Audit\" (at int)");
        var request = Requests.on(database.target("postgres"))
                .capturing("public.log", "public.Audit")
                .choosing(FULL);

        // When
        var preparations = request.running().preparations();

        // Then
        assertThat(preparations)
                .containsExactly(
                        "ALTER TABLE public.\"Audit\" REPLICA IDENTITY FULL",
                        "ALTER TABLE public.log_1 REPLICA IDENTITY FULL",
                        "ALTER PUBLICATION pub ADD TABLE public.\"Audit\"");

        // When
        database.execute(preparations.toArray(String[]::new));

        // Then
        database.execute("UPDATE log SET at = 2", "UPDATE \"Audit\" SET at = 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOR TABLE orders", "FOR ALL TABLES"})
    void aTableThatIsPublishedAlreadyGetsItsIdentity(String published) throws SQLException {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, v text)", "CREATE PUBLICATION pub " + published);
        var request = Requests.on(database.target("postgres")).choosing(FULL);

        for (var moment : List.of(request.starting(), request.starting().stored("0/1"), request.running())) {
            // When
            var preparations = moment.preparations();

            // Then
            assertThat(preparations).containsExactly("ALTER TABLE public.orders REPLICA IDENTITY FULL");
        }
        database.execute(request.preparations().toArray(String[]::new));
        assertThat(request.preparations()).isEmpty();
    }

    /** The identity that a table gets before the start is the one that counts. */
    @Test
    void whatTheConnectorFixesIsNoFinding() {
        // Given
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, code int NOT NULL)",
                "CREATE UNIQUE INDEX by_code ON orders (code)",
                "ALTER TABLE orders REPLICA IDENTITY USING INDEX by_code",
                "CREATE PUBLICATION pub FOR TABLE orders");
        var request = Requests.on(database.target("postgres")).needingOldRow();
        assertOne(request.run(), "not part of the replica identity");
        assertOne(request.run(), "without REPLICA IDENTITY FULL");

        // Then
        assertNone(request.choosing(FULL).run(), "replica identity");
        assertNone(request.choosing(FULL).run(), "REPLICA IDENTITY");
        assertOne(request.choosing(new ChosenIdentity(Kind.DEFAULT, "")).run(), "without REPLICA IDENTITY FULL");
    }

    @Test
    void anIdentityByIndexIsSetOnce() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, code int NOT NULL)",
                "CREATE UNIQUE INDEX by_both ON orders (id, code)",
                "CREATE UNIQUE INDEX by_id ON orders (id)",
                "CREATE PUBLICATION pub FOR TABLE orders");
        var request = Requests.on(database.target("postgres"));
        var byBoth = request.choosing(new ChosenIdentity(Kind.INDEX, "by_both"));
        var byId = request.choosing(new ChosenIdentity(Kind.INDEX, "by_id"));

        // When
        database.execute(byBoth.preparations().toArray(String[]::new));

        // Then
        assertThat(byBoth.preparations()).isEmpty();
        assertThat(byId.preparations()).containsExactly("ALTER TABLE public.orders REPLICA IDENTITY USING INDEX by_id");
        assertThat(request.choosing(new ChosenIdentity(Kind.DEFAULT, "")).preparations())
                .containsExactly("ALTER TABLE public.orders REPLICA IDENTITY DEFAULT");
    }

    @Test
    void anEntryForAPartitionedTableAppliesToThePartitionsWhoseChangesCarryItsName() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE log (at int PRIMARY KEY, id int) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20)",
                "CREATE PUBLICATION pub FOR TABLE log WITH (publish_via_partition_root = true)");
        var request = Requests.on(database.target("postgres"))
                .capturing("public.log")
                .choosing(table -> switch (table.name()) {
                    case "log" -> List.of(FULL);
                    case "log_2" -> List.of(new ChosenIdentity(Kind.DEFAULT, ""));
                    default -> List.of();
                });

        // When / Then
        assertThat(request.preparations()).containsExactly("ALTER TABLE public.log_1 REPLICA IDENTITY FULL");
        database.execute("ALTER PUBLICATION pub SET (publish_via_partition_root = false)");
        assertThat(request.preparations()).isEmpty();
    }

    @Test
    void anIndexIsNamedAsInTheOption() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE audit (at int NOT NULL)",
                "CREATE UNIQUE INDEX by_time ON audit (at)",
                "INSERT INTO audit VALUES (1)");
        var request = Requests.on(database.target("postgres")).choosing(new ChosenIdentity(Kind.INDEX, "By_time"));

        // When
        var preparations = request.preparations();

        // Then
        assertThat(preparations).first().isEqualTo("ALTER TABLE public.audit REPLICA IDENTITY USING INDEX by_time");
        database.execute(preparations.toArray(String[]::new));
        database.execute("UPDATE audit SET at = 2");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DEFAULT", "INDEX", "NOTHING"})
    void anIdentityThatIdentifiesNoRowDoesNotCount(Kind kind) throws SQLException {
        // Given
        database.execute("CREATE TABLE audit (at int)", "CREATE UNIQUE INDEX of_nulls ON audit (at)");
        var request = Requests.on(database.target("postgres")).choosing(new ChosenIdentity(kind, "of_nulls"));

        // Then
        assertOne(request.run(), "usable replica identity: public.audit").is(Severity.ERROR, "table.include.list");
        assertThat(request.withoutIdentity(UnidentifiedTables.SKIP).preparations())
                .containsExactly("CREATE PUBLICATION pub");
    }

    @Test
    void saysWhichIdentityCannotBeSet() {
        // Given
        database.execute("CREATE TABLE audit (at int)", "CREATE TABLE twice (id int PRIMARY KEY)");
        var request = Requests.on(database.target("postgres"));

        // Then
        assertOne(request.choosing(new ChosenIdentity(Kind.INDEX, "none")).run(), "cannot be given")
                .is(Severity.WARNING, OPTION)
                .says("public.audit (INDEX none: it has no such unique index");
        var ambiguous = request.choosing(FULL, new ChosenIdentity(Kind.DEFAULT, ""));
        assertOne(ambiguous.run(), "cannot be given").says("public.twice (several entries match it)");
        assertOne(ambiguous.run(), "usable replica identity: public.audit").is(Severity.ERROR, "table.include.list");
    }

    @Test
    void anIndexWithoutTheKeyOfTheRecordsIsNotSet() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, code int NOT NULL, name text)",
                "CREATE UNIQUE INDEX by_code ON orders (code)",
                "CREATE UNIQUE INDEX by_both ON orders (code, id)");
        var request = Requests.on(database.target("postgres"));

        // Then
        var byCode = request.choosing(new ChosenIdentity(Kind.INDEX, "by_code"));
        assertOne(byCode.run(), "cannot be given")
                .is(Severity.WARNING, OPTION)
                .says("public.orders (INDEX by_code: it does not contain the key of the records");
        assertThat(byCode.preparations()).containsExactly("CREATE PUBLICATION pub FOR TABLE public.orders");
        assertThat(request.choosing(new ChosenIdentity(Kind.INDEX, "by_both")).preparations())
                .first()
                .isEqualTo("ALTER TABLE public.orders REPLICA IDENTITY USING INDEX by_both");
    }

    @Test
    void aDeferrableKeyIsNotSet() throws SQLException {
        // Given
        database.execute("CREATE TABLE late (id int PRIMARY KEY DEFERRABLE)", "ALTER TABLE late REPLICA IDENTITY FULL");
        var request = Requests.on(database.target("postgres")).choosing(new ChosenIdentity(Kind.DEFAULT, ""));

        // Then
        assertOne(request.run(), "cannot be given")
                .says("public.late (DEFAULT: it has no primary key, or a deferrable one");
        assertThat(request.preparations()).containsExactly("CREATE PUBLICATION pub FOR TABLE public.late");
    }

    @Test
    void saysThatNothingIsNotSet() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");

        // Then
        assertOne(
                        Requests.on(database.target("postgres"))
                                .choosing(new ChosenIdentity(Kind.NOTHING, ""))
                                .run(),
                        "cannot be given")
                .is(Severity.WARNING, OPTION)
                .says("public.orders (NOTHING: it identifies no row)");
    }

    @Test
    void aTableThatIsNotCapturedGetsNone() {
        // Given
        database.execute("CREATE TABLE audit (at int)", "CREATE TABLE orders (id int PRIMARY KEY)");

        // When
        var findings = Requests.on(database.target("postgres"))
                .capturing("public.orders")
                .publication(PublicationMode.ALL_TABLES)
                .choosing(FULL)
                .run();

        // Then
        assertOne(findings, "usable replica identity: public.audit").is(Severity.ERROR, "table.include.list");
    }

    @Test
    void aGeneratedColumnThatIsNotPublishedForbidsFull() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE audit (at int, twice int GENERATED ALWAYS AS (2 * at) STORED)",
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "CREATE PUBLICATION pub FOR TABLE orders");
        var request = Requests.on(database.target("postgres")).choosing(FULL);

        // Then
        assertOne(request.run(), "usable replica identity: public.audit").is(Severity.ERROR, "table.include.list");
        assertThat(request.withoutIdentity(UnidentifiedTables.SKIP).preparations())
                .containsExactly("ALTER TABLE public.orders REPLICA IDENTITY FULL");
    }
}
