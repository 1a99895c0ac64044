// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalog shows of tables and publications that change while a connector runs. */
@ParameterizedClass
@ValueSource(ints = {14, 15, 16, 17, 18})
@SuppressWarnings("NullAway.Init")
class CatalogVersionIT {

    @Parameter
    private int majorVersion;

    private static PostgresServer server;

    @BeforeParameterizedClassInvocation
    static void start(int majorVersion) throws IOException, SQLException {
        server = PostgresServer.start(majorVersion, Map.of());
        server.execute(
                "CREATE SCHEMA other",
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "CREATE TABLE x (id int, day int) PARTITION BY RANGE (day)",
                "CREATE TABLE y (id int, day int) PARTITION BY RANGE (day)",
                "CREATE TABLE x1 PARTITION OF x FOR VALUES FROM (1) TO (2)",
                "CREATE TABLE y1 PARTITION OF y FOR VALUES FROM (1) TO (2)",
                "CREATE UNLOGGED TABLE u (id int PRIMARY KEY)",
                "CREATE PUBLICATION p FOR TABLE a");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @Test
    void itChangesWithWhatIsPublished() throws SQLException {
        for (String change : List.of(
                "BEGIN; ALTER TABLE a RENAME TO c; ALTER TABLE b RENAME TO a; ALTER TABLE c RENAME TO b; COMMIT",
                "ALTER TABLE a SET SCHEMA other",
                "ALTER TABLE x DETACH PARTITION x1; ALTER TABLE y DETACH PARTITION y1;"
                        + " ALTER TABLE x ATTACH PARTITION y1 FOR VALUES FROM (1) TO (2);"
                        + " ALTER TABLE y ATTACH PARTITION x1 FOR VALUES FROM (1) TO (2)",
                "ALTER TABLE u SET LOGGED",
                "ALTER TABLE b REPLICA IDENTITY FULL",
                "ALTER TABLE b ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE b DROP CONSTRAINT a_pkey, ADD PRIMARY KEY (id)",
                "ALTER PUBLICATION p ADD TABLE u",
                "ALTER PUBLICATION p DROP TABLE u; ALTER PUBLICATION p ADD TABLE u",
                "ALTER PUBLICATION p SET (publish = 'insert')",
                "DROP PUBLICATION p; CREATE PUBLICATION p FOR ALL TABLES",
                "DROP TABLE y")) {
            String before = CatalogVersion.read(server.target());
            server.execute(change.split("; "));
            assertThat(CatalogVersion.read(server.target()))
                    .as("Postgres %s: %s", majorVersion, change)
                    .isNotEqualTo(before);
        }
    }

    @Test
    void itStaysTheSameOtherwise() throws SQLException {
        String before = CatalogVersion.read(server.target());
        server.execute(
                "INSERT INTO b VALUES (1)",
                "ANALYZE b",
                "CREATE INDEX ON b (id)",
                "CREATE TEMP TABLE t (id int PRIMARY KEY)",
                "VACUUM FULL b");
        assertThat(CatalogVersion.read(server.target())).isEqualTo(before);
    }

    /** The primary key, the TOAST table and the partition of such a table are in the catalog as long as its session. */
    @Test
    void itStaysTheSameWhileSessionsHaveTemporaryAndUnloggedTables() throws SQLException {
        String before = CatalogVersion.read(server.target());
        try (Connection session = Database.connect(server.target());
                Statement statement = session.createStatement()) {
            for (String creation : List.of(
                    "CREATE TEMP TABLE t (id int PRIMARY KEY, v text)",
                    "CREATE TEMP TABLE parts (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
                    "CREATE TEMP TABLE part PARTITION OF parts FOR VALUES FROM (1) TO (2)",
                    "CREATE TEMP TABLE child () INHERITS (b)",
                    "CREATE UNLOGGED TABLE cache (id int PRIMARY KEY, v text)",
                    "CREATE INDEX ON x (id)")) {
                // When
                statement.execute(creation);

                // Then
                assertThat(CatalogVersion.read(server.target())).as(creation).isEqualTo(before);
            }
        }
        server.execute("DROP TABLE cache");
    }

    @Test
    void aTableIsOriginalUntilItGetsAnotherNameOrFile() throws SQLException {
        server.execute("CREATE SCHEMA s", "CREATE PUBLICATION everything FOR ALL TABLES");
        for (String original : List.of(
                "CREATE TABLE s.t (id int PRIMARY KEY, v text, UNIQUE (v))",
                "CREATE TABLE s.t (id int PRIMARY KEY); ALTER TABLE s.t ADD COLUMN v text; GRANT SELECT ON s.t TO PUBLIC",
                "CREATE TABLE s.t (id serial PRIMARY KEY, b int REFERENCES b)",
                "CREATE TABLE s.t (LIKE b INCLUDING ALL); INSERT INTO s.t VALUES (1); CREATE INDEX ON s.t (id)",
                "CREATE TABLE s.t AS SELECT 1 AS id",
                "BEGIN; CREATE TABLE s.t (id int); ALTER TABLE s.t ADD PRIMARY KEY (id); COMMIT",
                "CREATE TABLE s.t (id int); COMMENT ON TABLE s.t IS 'new'; ALTER TABLE s.t REPLICA IDENTITY FULL")) {
            assertThat(isOriginal(original))
                    .as("Postgres %s: %s", majorVersion, original)
                    .isTrue();
        }
        for (String altered : List.of(
                "CREATE TABLE s.n (id int); ALTER TABLE s.n RENAME TO t",
                "BEGIN; CREATE TABLE s.n (id int PRIMARY KEY); ALTER TABLE s.n RENAME TO t; COMMIT",
                "BEGIN; CREATE TABLE public.t (id int PRIMARY KEY); ALTER TABLE public.t SET SCHEMA s; COMMIT",
                "CREATE UNLOGGED TABLE s.t (id int); ALTER TABLE s.t SET LOGGED",
                "BEGIN; CREATE UNLOGGED TABLE s.t (id int); ALTER TABLE s.t SET LOGGED; COMMIT")) {
            assertThat(isOriginal(altered))
                    .as("Postgres %s: %s", majorVersion, altered)
                    .isFalse();
        }
    }

    private static boolean isOriginal(String creation) throws SQLException {
        server.execute(creation.split("; "));
        try (Connection connection = Database.connect(server.target())) {
            TableName table = new TableName("s", "t");
            PublishedTables published = PublishedTables.read(connection, "everything");
            assertThat(published.isOriginal(table))
                    .isEqualTo(PublishedTables.isOriginal(connection, published.oid(table)));
            return published.isOriginal(table);
        } finally {
            server.execute("DROP TABLE s.t");
        }
    }
}
