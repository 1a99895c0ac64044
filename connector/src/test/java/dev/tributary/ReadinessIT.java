// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.Failure;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.PostgresServer;
import java.io.IOException;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadinessIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
        server.execute("CREATE TABLE orders (id int PRIMARY KEY)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void createsThePublicationForAConnectorThatIsReadOnly() throws Exception {
        // Given
        server.execute(
                "CREATE ROLE reader LOGIN REPLICATION PASSWORD 'reader'",
                "CREATE TABLE items (id int PRIMARY KEY)",
                "ALTER TABLE items OWNER TO reader",
                "GRANT CREATE ON DATABASE postgres TO reader",
                "ALTER ROLE reader SET default_transaction_read_only = on");
        ConnectionTarget target = server.target("postgres", "reader");
        ConnectorConfig config = ConnectorConfig.of(Map.of(
                "database.hostname", target.host(),
                "database.port", Integer.toString(target.port()),
                "database.user", "reader",
                "database.password", "reader",
                "database.dbname", "postgres",
                "topic.prefix", "items",
                "publication.name", "of_reader",
                "table.include.list", "public.items",
                "read.only", "true"));

        // When
        new Readiness(
                        config,
                        new FailurePolicy("here", config.slotName(), config.publicationName(), Optional.empty(), false))
                .establish(Optional.empty());

        // Then
        assertThat(server.ask("SELECT tablename FROM pg_publication_tables WHERE pubname = 'of_reader'"))
                .isEqualTo("items");
    }

    @Test
    void anApplicationCanUpdateATableWithoutAKeyAsSoonAsItIsPublished() {
        // Given
        server.execute("CREATE TABLE audit (at int)", "INSERT INTO audit VALUES (1)");
        ConnectionTarget target = server.target();
        ConnectorConfig config = ConnectorConfig.of(Map.of(
                "database.hostname",
                target.host(),
                "database.port",
                Integer.toString(target.port()),
                "database.user",
                target.user(),
                "database.dbname",
                target.database(),
                "topic.prefix",
                "audit",
                "publication.name",
                "of_audit",
                "table.include.list",
                "public.audit",
                "replica.identity.autoset.values",
                "public.audit:FULL"));

        // When
        new Readiness(
                        config,
                        new FailurePolicy("here", config.slotName(), config.publicationName(), Optional.empty(), false))
                .establish(Optional.empty());

        // Then
        server.execute("UPDATE audit SET at = 2");
        assertThat(server.ask("SELECT tablename FROM pg_publication_tables WHERE pubname = 'of_audit'"))
                .isEqualTo("audit");
        server.execute("DROP TABLE audit");
    }

    @Test
    void waitsForACatalogThatDoesNotAnswerInTime() throws Exception {
        // Given
        ConnectionTarget target = server.target();
        ConnectorConfig config = ConnectorConfig.of(Map.of(
                "database.hostname", target.host(),
                "database.port", Integer.toString(target.port()),
                "database.user", target.user(),
                "database.dbname", target.database(),
                "topic.prefix", "shop",
                "table.include.list", "public.orders"));
        Readiness readiness = new Readiness(
                config,
                new FailurePolicy("here", config.slotName(), config.publicationName(), Optional.empty(), false));
        try (var connection = DriverManager.getConnection(target.url(), target.properties());
                var holder = connection.createStatement()) {
            connection.setAutoCommit(false);
            holder.execute("LOCK TABLE pg_publication IN ACCESS EXCLUSIVE MODE");

            // When
            CaptureFailedException failed =
                    catchThrowableOfType(CaptureFailedException.class, () -> readiness.establish(Optional.empty()));

            // Then
            assertThat(failed.failure()).isInstanceOfSatisfying(Failure.Retriable.class, retriable -> {
                assertThat(retriable.what()).contains("took longer than 5 s to answer a query about its catalog");
                assertThat(retriable.waitingFor()).isEqualTo("the database to answer in time");
            });
        }

        // Then
        assertThat(readiness.establish(Optional.empty()).point().server()).isPresent();
    }
}
