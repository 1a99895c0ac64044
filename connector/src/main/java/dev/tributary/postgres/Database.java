// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database to be asked about itself, over a pool of at most two connections that are read-only and time-limited: no
 * connection attempt and no query takes longer than {@link #TIMEOUT}, and none waits for a lock on a table. After
 * {@link #close()} none of its connections and no thread of its pool is left.
 *
 * <p>Every query throws {@link SQLException} as the driver does; one that was too slow has the SQL state 57014.
 */
public final class Database implements AutoCloseable {

    /** Bound on a connection attempt and on a query. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String APPLICATION = "Tributary preflight";

    private final HikariDataSource pool;
    private final Server server;

    private Database(HikariDataSource pool, Server server) {
        this.pool = pool;
        this.server = server;
    }

    /**
     * Connects, and reads what the server says about itself.
     *
     * @throws SQLException the driver's own, when the server cannot be reached, refuses, or is too slow
     */
    public static Database open(ConnectionTarget target) throws SQLException {
        var source = source(target);
        // The pool would hide the driver's reason behind its own and log a stack trace.
        source.getConnection().close();
        var pool = new HikariDataSource(poolConfig(source));
        try (var connection = pool.getConnection()) {
            return new Database(pool, ServerQuery.read(connection));
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The server as it was when this was opened. */
    public Server server() {
        return server;
    }

    /** The role that is logged in. */
    public Role role() throws SQLException {
        try (var connection = pool.getConnection()) {
            return RoleQuery.read(connection);
        }
    }

    /** The replication slot of this name, of whatever kind and database; empty when there is none. */
    public Optional<Slot> slot(String name) throws SQLException {
        try (var connection = pool.getConnection()) {
            return SlotQuery.read(connection, server.majorVersion(), name);
        }
    }

    /** The publication of this name in this database; empty when there is none. */
    public Optional<Publication> publication(String name) throws SQLException {
        try (var connection = pool.getConnection()) {
            return PublicationQuery.read(connection, server.majorVersion(), name);
        }
    }

    /** Every relation that users made, temporary ones excepted, ordered by name. Takes no lock on any of them. */
    public List<CatalogTable> tables() throws SQLException {
        try (var connection = pool.getConnection()) {
            return CatalogTableQuery.read(connection);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Reads all rows of a query whose parameters are texts. */
    static <T> List<T> rows(Connection connection, String sql, RowReader<T> reader, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (var result = statement.executeQuery()) {
                var rows = new ArrayList<T>();
                while (result.next()) {
                    rows.add(reader.read(result));
                }
                return rows;
            }
        }
    }

    private static PGSimpleDataSource source(ConnectionTarget target) throws SQLException {
        var source = source(target, APPLICATION);
        // What a capture may wait for is no measure for a check that a person waits for.
        for (var name : List.of("connectTimeout", "loginTimeout", "socketTimeout")) {
            source.setProperty(name, String.valueOf(boundedSeconds(target.driverProperties(), name)));
        }
        return source;
    }

    /** The driver's source of connections to a database. */
    static PGSimpleDataSource source(ConnectionTarget target, String application) throws SQLException {
        var source = new PGSimpleDataSource();
        try {
            source.setUrl(target.url());
        } catch (IllegalArgumentException e) {
            throw new SQLException("The driver does not take the URL " + target.url(), "08001", e);
        }
        var properties = target.properties();
        for (var name : properties.stringPropertyNames()) {
            source.setProperty(name, properties.getProperty(name));
        }
        source.setApplicationName(application);
        return source;
    }

    private static long boundedSeconds(Map<String, String> driverProperties, String name) {
        try {
            var configured = Double.parseDouble(driverProperties.getOrDefault(name, "0"));
            return configured > 0 ? Math.min((long) Math.ceil(configured), TIMEOUT.toSeconds()) : TIMEOUT.toSeconds();
        } catch (NumberFormatException e) {
            return TIMEOUT.toSeconds();
        }
    }

    private static HikariConfig poolConfig(PGSimpleDataSource source) {
        var config = new HikariConfig();
        config.setPoolName("tributary-preflight");
        config.setDataSource(source);
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(true);
        config.setConnectionInitSql("SET statement_timeout = %d; SET search_path = pg_catalog"
                .formatted(TIMEOUT.minusSeconds(1).toMillis()));
        return config;
    }
}
