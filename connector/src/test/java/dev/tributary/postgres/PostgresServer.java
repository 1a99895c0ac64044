// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.awaitility.Awaitility.await;

import dev.tributary.WaitLimit;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;

/** A real server for tests, on a free port of loopback, with logical replication enabled. */
public final class PostgresServer implements AutoCloseable {

    private static final int NEWEST = 18;
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 31_999;

    private final EmbeddedPostgres.Builder builder;
    private final EmbeddedPostgres postgres;
    private final Path data;
    private final boolean isTemporary;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(EmbeddedPostgres.Builder builder, Path data, boolean isTemporary) throws IOException {
        this.builder = builder;
        this.postgres = builder.start();
        this.data = data;
        this.isTemporary = isTemporary;
    }

    /** Starts the newest version. */
    public static PostgresServer start() throws IOException {
        return start(NEWEST, Map.of());
    }

    /** Starts a major version with these settings on top of the defaults. */
    public static PostgresServer start(int majorVersion, Map<String, String> settings) throws IOException {
        Path data = Files.createTempDirectory("tributary-postgres-");
        return new PostgresServer(builder(majorVersion, settings, data), data, true);
    }

    /** Starts a standby without a primary, on the data that a server leaves in this directory. */
    public static PostgresServer startStandby(int majorVersion, Path data, String... statementsBefore)
            throws IOException {
        var primary = builder(majorVersion, Map.of(), data);
        try (var server = new PostgresServer(primary, data, false)) {
            server.execute(statementsBefore);
        }
        Files.createFile(data.resolve("standby.signal"));
        return new PostgresServer(primary, data, true);
    }

    /**
     * A server that does nothing at a moment of its own choice and takes nothing from the machine's locale: no
     * checkpoint unless a test asks for one, no autovacuum. It flushes its WAL at each commit; an embedded server is
     * set up to do that later, and nothing is streamed before.
     */
    private static EmbeddedPostgres.Builder builder(int majorVersion, Map<String, String> settings, Path data)
            throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(freePort())
                .setPGStartupWait(WaitLimit.LIMIT)
                .setLocaleConfig("locale", "C")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("checkpoint_timeout", "1d")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("autovacuum", "off")
                .setServerConfig("wal_level", "logical")
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("wal_writer_delay", "10ms");
        settings.forEach(builder::setServerConfig);
        if (majorVersion != NEWEST) {
            builder.setPgBinaryResolver(binaries(majorVersion));
        }
        InitialData.of(majorVersion).prepare(data, builder);
        return builder;
    }

    /**
     * A port below those that systems hand out to clients: no connection takes it between this and the server's start.
     */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT + 1);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken; another one is tried.
            }
        }
    }

    public int port() {
        return postgres.getPort();
    }

    /** Connects the superuser to the database {@code postgres}. */
    public ConnectionTarget target() {
        return target("postgres", "postgres");
    }

    /** Connects a role to a database, with the name of the role as password. */
    public ConnectionTarget target(String database, String role) {
        return new ConnectionTarget("localhost", port(), database, role, role, Map.of());
    }

    /** Runs statements one by one as superuser in the database {@code postgres}, outside any transaction. */
    public void execute(String... statements) {
        database("postgres").execute(statements);
    }

    /** A database that exists. */
    public TestDatabase database(String name) {
        return new TestDatabase(this, name);
    }

    /** A fresh, empty database. */
    public TestDatabase newDatabase() {
        var name = "db" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return database(name);
    }

    /** One database of a server. */
    public record TestDatabase(PostgresServer server, String name) {

        /** Connects a role, with its name as password. */
        public ConnectionTarget target(String role) {
            return server.target(name, role);
        }

        /** Runs statements one by one as superuser, outside any transaction. */
        public void execute(String... statements) {
            try (var connection = server.postgres.getDatabase("postgres", name).getConnection();
                    var statement = connection.createStatement()) {
                for (var sql : statements) {
                    statement.execute(sql);
                }
            } catch (SQLException e) {
                throw new AssertionError(e.getMessage(), e);
            }
        }
    }

    /** The first column of the first row. */
    public String ask(String sql) {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Stops the server and keeps its data. */
    public void stop() {
        try {
            postgres.close();
            await("the end of the server").until(() -> !Files.exists(data.resolve("postmaster.pid")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the stopped server again. */
    public PostgresServer startAgain() throws IOException {
        return new PostgresServer(builder.setDataDirectory(data).setPort(freePort()), data, isTemporary);
    }

    /** Promotes a standby that has the data of this stopped server: its history continues in another timeline. */
    public PostgresServer promoteCopy() throws IOException {
        var standby = standbyCopy();
        standby.execute("SELECT pg_promote()");
        return standby;
    }

    /** Starts a standby without a primary that has the data of this stopped server. */
    public PostgresServer standbyCopy() throws IOException {
        Path copy = Files.createTempDirectory("tributary-postgres-");
        InitialData.copy(data, copy);
        Files.createFile(copy.resolve("standby.signal"));
        return new PostgresServer(builder.setDataDirectory(copy).setPort(freePort()), copy, true);
    }

    /** Stops the server, and returns when it has ended: the library gives up waiting after five seconds. */
    @Override
    public void close() {
        stop();
        if (isTemporary) {
            InitialData.delete(data);
        }
    }

    private static PgBinaryResolver binaries(int majorVersion) {
        var jar = Path.of("target", "postgres", majorVersion + ".jar");
        return (system, architecture) -> entry(jar, "postgres-linux-x86_64.txz");
    }

    private static InputStream entry(Path jar, String name) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return new ByteArrayInputStream(
                    zip.getInputStream(zip.getEntry(name)).readAllBytes());
        }
    }
}
