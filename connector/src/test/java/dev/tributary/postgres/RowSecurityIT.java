// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows that a policy hides are never left out in silence. */
class RowSecurityIT {

    private static PostgresServer server;
    private static TestDatabase database;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
        database = server.newDatabase();
        database.execute(
                "CREATE ROLE tenant LOGIN PASSWORD 'tenant'",
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "INSERT INTO orders SELECT generate_series(1, 9)",
                "GRANT SELECT ON orders TO tenant",
                "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY few ON orders USING (id < 5)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aBackfillFailsInsteadOfReadingSomeOfTheRows() throws SQLException {
        // Given
        try (ReadingSession session = ReadingSession.open(database.target("tenant"), "test")) {

            // When / Then
            assertThatThrownBy(() -> session.ask("SELECT count(*) FROM public.orders"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void aSnapshotFailsInsteadOfReadingSomeOfTheRows() throws SQLException {
        // Given
        ConnectionTarget target = database.target("tenant");
        try (Connection exporting = DriverManager.getConnection(target.url(), target.properties())) {
            exporting.setAutoCommit(false);
            String exported = Database.rows(exporting, "SELECT pg_export_snapshot()", row -> row.getString(1))
                    .get(0);
            try (SharedSnapshot snapshot = SharedSnapshot.open(target, exported, 1);
                    SnapshotSession session = snapshot.session()) {

                // When / Then
                assertThatThrownBy(() -> Database.rows(
                                session.connection(), "SELECT count(*) FROM public.orders", row -> row.getString(1)))
                        .hasMessageContaining("row-level security");
            }
        }
    }
}
