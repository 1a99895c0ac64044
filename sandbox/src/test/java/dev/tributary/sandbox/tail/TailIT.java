// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tributary tail} as a process of its own, against a real Postgres. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TailIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int ROWS = 200;
    private static final int LOCK = 31;

    private final Sandbox sandbox = Sandbox.open();
    private PostgresServer postgres;

    @TempDir
    Path directory;

    @BeforeAll
    void startPostgres() throws SQLException {
        postgres = sandbox.postgres().withoutFsync().start();
        postgres.execute(
                PostgresServer.DATABASE, "CREATE ROLE app LOGIN REPLICATION", "CREATE ROLE reader LOGIN REPLICATION");
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    @Test
    void aSnapshotWhoseProgressIsShownIsPrintedToTheEnd() throws Exception {
        // Given
        String database = database();
        Map<String, String> config = config(database, PostgresServer.SUPERUSER);
        // The second half of the table is read once the test lets it.
        config.put("snapshot.select.statement.overrides", "public.orders");
        config.put(
                "snapshot.select.statement.overrides.public.orders",
                "SELECT * FROM public.orders WHERE id <= " + ROWS / 2 + " OR (SELECT pg_advisory_lock_shared(" + LOCK
                        + ")) IS NOT NULL");
        config.put("snapshot.lock.timeout.ms", Long.toString(LIMIT.toMillis()));
        Path printed = directory.resolve("printed");

        try (Connection holder = postgres.connect(PostgresServer.SUPERUSER, database);
                Statement lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(" + LOCK + ")");

            // When
            Process tail = tail(config, printed, "--events", Integer.toString(ROWS));
            try {
                await("progress")
                        .atMost(LIMIT)
                        .until(() -> !tail.isAlive()
                                || Files.readString(printed, UTF_8).contains("rows/s"));
                lock.execute("SELECT pg_advisory_unlock(" + LOCK + ")");

                // Then
                assertThat(tail.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(tail.exitValue())
                        .as(() -> "exit code; it printed " + text(printed))
                        .isZero();
            } finally {
                tail.destroyForcibly();
            }
        }
        assertThat(text(printed)).contains("rows/s");
        assertThat(text(printed).split("\"op\":\"r\"", -1)).hasSize(ROWS + 1);
        assertThat(value(database, "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()"))
                .isEqualTo("0");
        assertThat(value(database, "SELECT count(*) FROM pg_publication")).isEqualTo("0");
    }

    @Test
    void thePublicationOfTheConnectorIsReadAndKept() throws Exception {
        // Given
        String database = database();
        postgres.execute(
                database, "CREATE PUBLICATION dbz_publication FOR TABLE orders", "GRANT SELECT ON orders TO app");

        // When
        int code = run(config(database, "app"), "--events", "5");

        // Then
        assertThat(code).isZero();
        assertThat(value(database, "SELECT string_agg(pubname, ' ') FROM pg_publication"))
                .isEqualTo("dbz_publication");
    }

    @Test
    void aRoleThatCannotCreateAPublicationIsAskedForTheConnectorsEachTime() throws Exception {
        // Given
        String database = database();
        postgres.execute(database, "GRANT SELECT ON orders TO reader");

        // Then
        for (int run = 0; run < 2; run++) {
            assertThat(run(config(database, "reader"), "--events", "5")).isEqualTo(1);
            assertThat(errors.toString(UTF_8))
                    .contains("There is no publication dbz_publication")
                    .contains("CREATE PUBLICATION dbz_publication FOR TABLE public.orders")
                    .doesNotContain("tributary_tail");
        }

        // When
        postgres.execute(database, "CREATE PUBLICATION dbz_publication FOR TABLE public.orders");

        // Then
        assertThat(run(config(database, "reader"), "--events", "5")).isZero();
    }

    @Test
    void aPublicationThatLacksATableIsLeftAsItIs() throws Exception {
        // Given
        String database = database();
        postgres.execute(
                database,
                "CREATE TABLE other (id int PRIMARY KEY)",
                "CREATE PUBLICATION dbz_publication FOR TABLE other");

        // When
        int code = run(config(database, PostgresServer.SUPERUSER), "--events", "5");

        // Then
        assertThat(code).isZero();
        assertThat(value(database, "SELECT string_agg(pubname || ' ' || tablename, ', ') FROM pg_publication_tables"))
                .isEqualTo("dbz_publication other");
    }

    @Test
    void eventsAreShownAsTheTransformsMakeThem() throws Exception {
        // Given
        String database = database();
        postgres.execute(database, "ALTER TABLE orders ADD name text DEFAULT 'Ann'");
        Map<String, String> config = config(database, PostgresServer.SUPERUSER);
        config.put("transforms", "mask,ce,flat,route");
        config.put("transforms.mask.type", "dev.tributary.transforms.MaskFields");
        config.put("transforms.mask.rules", "*.orders.name=redact");
        config.put("transforms.ce.type", "dev.tributary.transforms.CloudEventHeaders");
        config.put("transforms.flat.type", "dev.tributary.transforms.FlattenChange");
        config.put("transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter");
        config.put("transforms.route.regex", "shop\\.(.*)");
        config.put("transforms.route.replacement", "$1");
        config.put("transforms.route.predicate", "orders");
        config.put("predicates", "orders");
        config.put("predicates.orders.type", "dev.tributary.transforms.IsTable");
        config.put("predicates.orders.tables", "public.orders");

        // When
        int code = run(config, "--events", "1");

        // Then
        assertThat(code).as(() -> errors.toString(UTF_8)).isZero();
        assertThat(printed.toString(UTF_8))
                .contains("\"topic\":\"public.orders\"")
                .contains("\"ce_type\":\"public.orders.read\"")
                .contains("\"value\":{\"id\":1,\"name\":\"****\"");
    }

    @Test
    void aConnectorThatMayNotCreateItsPublicationIsShownToo() throws Exception {
        // Given
        String database = database();
        Map<String, String> config = config(database, PostgresServer.SUPERUSER);
        config.put("publication.autocreate.mode", "disabled");

        // When
        int code = run(config, "--events", "5");

        // Then
        assertThat(code).as(() -> errors.toString(UTF_8)).isZero();
        assertThat(value(database, "SELECT count(*) FROM pg_publication")).isEqualTo("0");
    }

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    /** Runs the command in this JVM. */
    private int run(Map<String, String> config, String... options) throws Exception {
        errors.reset();
        printed.reset();
        PrintStream out = new PrintStream(printed, true, UTF_8);
        List<String> arguments = new ArrayList<>(List.of(file(config).toString()));
        arguments.addAll(List.of(options));
        return new TailCommand(out, new PrintStream(errors, true, UTF_8)).run(arguments);
    }

    /** Runs the command as the script does, with a terminal. */
    private Process tail(Map<String, String> config, Path output, String... options) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dtributary.terminal=true",
                "-cp",
                classPath,
                "dev.tributary.sandbox.Main",
                "tail",
                file(config).toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createFile(output).toFile())
                .start();
    }

    private Path file(Map<String, String> config) throws IOException {
        Path file = directory.resolve("config.json");
        new ObjectMapper().writeValue(file.toFile(), config);
        return file;
    }

    /** A new database with a table. */
    private String database() throws SQLException {
        String name = "tail_" + value(PostgresServer.DATABASE, "SELECT count(*) FROM pg_database");
        postgres.execute(PostgresServer.DATABASE, "CREATE DATABASE " + name);
        postgres.execute(
                name,
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "INSERT INTO orders SELECT generate_series(1, " + ROWS + ")");
        return name;
    }

    private Map<String, String> config(String database, String user) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("database.hostname", "127.0.0.1");
        config.put("database.port", Integer.toString(postgres.port()));
        config.put("database.user", user);
        config.put("database.dbname", database);
        config.put("topic.prefix", "shop");
        config.put("table.include.list", "public.orders");
        return config;
    }

    private String value(String database, String query) throws SQLException {
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
