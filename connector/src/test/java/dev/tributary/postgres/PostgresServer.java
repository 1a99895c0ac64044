// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;

/** A real server on a free port of loopback, with logical replication switched on, for the tests to use. */
public final class PostgresServer implements AutoCloseable {

    private static final int NEWEST = 18;

    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts the newest version. */
    public static PostgresServer start() throws IOException {
        return start(NEWEST, Map.of());
    }

    /** Starts a major version with these settings on top of the defaults. */
    public static PostgresServer start(int majorVersion, Map<String, String> settings) throws IOException {
        return new PostgresServer(builder(majorVersion, settings).start());
    }

    /** Starts a standby that waits for a primary it has none of, on data that a server leaves in this directory. */
    public static PostgresServer startStandby(int majorVersion, Path data, String... statementsBefore)
            throws IOException {
        var primary = builder(majorVersion, Map.of()).setDataDirectory(data).setCleanDataDirectory(false);
        try (var server = new PostgresServer(primary.start())) {
            server.execute(statementsBefore);
        }
        Files.createFile(data.resolve("standby.signal"));
        return new PostgresServer(primary.start());
    }

    /** A server that writes its WAL at once: an embedded one is set to do that later, and nothing is streamed before. */
    private static EmbeddedPostgres.Builder builder(int majorVersion, Map<String, String> settings) {
        var builder = EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("wal_writer_delay", "10ms");
        settings.forEach(builder::setServerConfig);
        if (majorVersion != NEWEST) {
            builder.setPgBinaryResolver(binaries(majorVersion));
        }
        return builder;
    }

    public int port() {
        return postgres.getPort();
    }

    /** Where the superuser reaches the database {@code postgres}. */
    public ConnectionTarget target() {
        return target("postgres", "postgres");
    }

    /** Where a role reaches a database, with its own name as password. */
    public ConnectionTarget target(String database, String role) {
        return new ConnectionTarget("localhost", port(), database, role, role, Map.of());
    }

    /** Runs statements one by one as superuser in the database {@code postgres}, outside any transaction. */
    public void execute(String... statements) {
        database("postgres").execute(statements);
    }

    /** A database that is there. */
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

        /** Where a role reaches it, with its own name as password. */
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

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
