// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.Failure;
import dev.tributary.failure.Failure.Kind;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A table gets its replica identity while a report reads it for long. A statement that waits for the report keeps all
 * later ones waiting, also those of applications.
 */
class ReadinessLocksIT {

    private static final String SLOT = "locks";

    private static PostgresServer server;

    @SuppressWarnings("NullAway.Init") // created before each test
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private Connection report;

    @SuppressWarnings("NullAway.Init")
    private Connection application;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void holdTheLock() throws SQLException {
        database = server.newDatabase();
        database.execute(
                "CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int)",
                "SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
        application = connect("SET lock_timeout = '5s'");
        report = connect("SET application_name = 'report'");
        report.setAutoCommit(false);
        execute(report, "SELECT FROM orders");
    }

    @AfterEach
    void close() throws SQLException {
        report.close();
        application.close();
        server.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    }

    @Test
    void capturingGoesOnIfTheTableIsPublishedAlready() throws Exception {
        // Given
        database.execute("CREATE PUBLICATION pub FOR TABLE orders");
        StoredOffset stored = storedNow();
        Readiness readiness = readiness();

        // When
        Readiness.Start start = whileTheApplicationWrites(() -> readiness.establish(Optional.of(stored)));

        // Then
        assertThat(start.warnings().all())
                .anySatisfy(warning -> assertThat(warning)
                        .contains("Table public.orders has not got the replica identity")
                        .contains("application report")
                        .contains("ALTER TABLE public.orders REPLICA IDENTITY FULL"));

        // When
        List<TaskWarnings> warnings = new ArrayList<>();
        TableWatch.Catalog catalog = readiness.catalog(start, () -> Optional.of(stored), warnings::add);
        assertThat(whileTheApplicationWrites(catalog::publishNew)).as("settled").isFalse();
        report.rollback();
        assertThat(catalog.publishNew()).as("settled").isTrue();

        // Then
        assertThat(identity()).isEqualTo("f");
        assertThat(warnings.get(1).all()).noneMatch(warning -> warning.contains("public.orders"));
    }

    @Test
    void aTableIsNotPublishedWithoutIt() throws Exception {
        // Given
        Readiness readiness = readiness();

        // When
        CaptureFailedException failed = catchThrowableOfType(
                CaptureFailedException.class,
                () -> whileTheApplicationWrites(() -> readiness.establish(Optional.empty())));

        // Then
        assertThat(failed.failure()).isInstanceOf(Failure.Retriable.class);
        Failure.Retriable waits = (Failure.Retriable) failed.failure();
        assertThat(waits.kind()).isEqualTo(Kind.LOCK_NOT_AVAILABLE);
        assertThat(waits.what()).contains("public.orders by process").contains("application report");

        // When
        report.rollback();
        readiness.establish(Optional.empty());

        // Then
        assertThat(identity()).isEqualTo("f");
    }

    /** What is done meanwhile keeps no statement of the application waiting for long. */
    private <T> T whileTheApplicationWrites(ThrowingSupplier<T> action) throws Exception {
        var executor = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            var result = executor.submit(() -> {
                try {
                    return action.get();
                } finally {
                    ended.complete(null);
                }
            });
            while (!ended.isDone()) {
                execute(application, "INSERT INTO orders (v) VALUES (1)");
            }
            return result.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        } finally {
            executor.shutdownNow();
        }
    }

    private interface ThrowingSupplier<T> {
        T get() throws Exception;
    }

    private Readiness readiness() {
        ConnectionTarget target = database.target("postgres");
        Map<String, String> options = new HashMap<>(Map.of(
                "database.hostname",
                target.host(),
                "database.port",
                Integer.toString(target.port()),
                "database.user",
                target.user(),
                "database.dbname",
                target.database(),
                "topic.prefix",
                "locks",
                "slot.name",
                SLOT,
                "publication.name",
                "pub",
                "table.include.list",
                "public.orders",
                "replica.identity.autoset.values",
                "public.orders:FULL"));
        ConnectorConfig config = ConnectorConfig.of(options);
        return new Readiness(
                config,
                new FailurePolicy("here", config.slotName(), config.publicationName(), Optional.empty(), false));
    }

    private StoredOffset storedNow() throws SQLException {
        long position =
                LogSequenceNumber.valueOf(ask("SELECT pg_current_wal_lsn()")).asLong();
        return new StoredOffset(Map.of(
                StoredOffset.LSN, position,
                StoredOffset.LSN_PROCESSED, position,
                StoredOffset.LSN_COMMITTED, position));
    }

    private String identity() throws SQLException {
        return ask("SELECT relreplident FROM pg_class WHERE relname = 'orders'");
    }

    private String ask(String sql) throws SQLException {
        try (Statement statement = application.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection connect(String setting) throws SQLException {
        ConnectionTarget target = database.target("postgres");
        Connection connection = DriverManager.getConnection(target.url(), target.properties());
        execute(connection, setting);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
