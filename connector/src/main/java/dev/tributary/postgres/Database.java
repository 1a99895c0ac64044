// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;

/**
 * Queries the catalog of a database over a pool of at most two read-only connections. No connection attempt and no
 * query takes longer than {@link #TIMEOUT}, and none waits for a lock on a table. After {@link #close()} the pool has
 * no connection and no thread left.
 *
 * <p>Every query throws the driver's {@link SQLException}; a query that took too long has the SQL state 57014.
 */
public final class Database implements AutoCloseable {

    /** The limit for a connection attempt and for a query. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String APPLICATION = "Tributary preflight";

    private final HikariDataSource pool;
    private final DriverSource replicating;
    private final Server server;

    private Database(HikariDataSource pool, DriverSource replicating, Server server) {
        this.pool = pool;
        this.replicating = replicating;
        this.server = server;
    }

    /**
     * Connects and reads the properties of the server.
     *
     * @throws SQLException from the driver, if the server cannot be reached, rejects the connection, or is too slow
     */
    public static Database open(ConnectionTarget target) throws SQLException {
        var source = source(target);
        // The pool would hide the driver's exception behind its own and log a stack trace.
        source.getConnection().close();
        var pool = new HikariDataSource(poolConfig(source));
        try (var connection = pool.getConnection()) {
            return new Database(pool, replicating(target), ServerQuery.read(connection));
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** A single connection, for one query from time to time. */
    static Connection connect(ConnectionTarget target) throws SQLException {
        return connect(target, APPLICATION);
    }

    /**
     * The same.
     *
     * @param application the {@code application_name} that the server shows
     */
    static Connection connect(ConnectionTarget target, String application) throws SQLException {
        return source(target).with(PGProperty.APPLICATION_NAME, application).getConnection();
    }

    /** The server at the time of {@link #open}. */
    public Server server() {
        return server;
    }

    /** The role that is logged in. */
    public Role role() throws SQLException {
        try (var connection = pool.getConnection()) {
            return RoleQuery.read(connection);
        }
    }

    /** The replication slot with this name, of any kind and any database; empty when there is none. */
    public Optional<Slot> slot(String name) throws SQLException {
        try (var connection = pool.getConnection()) {
            return SlotQuery.read(connection, server.majorVersion(), name);
        }
    }

    /**
     * What the server is set to do with slots.
     *
     * @param slot the slot of the connector, which need not exist
     */
    public SlotSettings slotSettings(String slot) throws SQLException {
        try (var connection = pool.getConnection()) {
            return SlotSettingsQuery.read(connection, server.majorVersion(), slot);
        }
    }

    /**
     * Why the server refuses a replication connection; empty if it accepts one.
     *
     * @throws SQLException if the server cannot be reached, or has no connection left
     */
    public Optional<SQLException> replicationRefusal() throws SQLException {
        try (var connection = replicating.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("IDENTIFY_SYSTEM");
            return Optional.empty();
        } catch (PSQLException e) {
            var isAnswer = e.getServerErrorMessage() != null;
            var state = Objects.requireNonNullElse(e.getSQLState(), "");
            if (isAnswer && !state.startsWith("57") && !state.startsWith("53")) {
                return Optional.of(e);
            }
            if (isAnswer && state.startsWith("53")) {
                return Optional.empty(); // the walsenders are counted separately
            }
            throw e;
        }
    }

    /** Every connection that streams from the server, from any of its databases. */
    public List<Replicator> replicators() throws SQLException {
        try (var connection = pool.getConnection()) {
            return SlotQuery.replicators(connection);
        }
    }

    /**
     * The publication with this name in this database; empty when there is none.
     *
     * @param slot the slot with whose position its age is compared; it need not exist
     */
    public Optional<Publication> publication(String name, String slot) throws SQLException {
        try (var connection = pool.getConnection()) {
            return PublicationQuery.read(connection, server.majorVersion(), name, slot);
        }
    }

    /** The sessions that wait for a lock which a snapshot of this connector holds, as texts for people. */
    public List<String> keptWaiting() throws SQLException {
        try (var connection = pool.getConnection()) {
            return LockWaits.read(connection, SharedSnapshot.APPLICATION);
        }
    }

    /** Every relation that users created except temporary ones, ordered by name. Takes no lock on them. */
    public List<CatalogTable> tables() throws SQLException {
        try (var connection = pool.getConnection()) {
            return CatalogTableQuery.read(connection);
        }
    }

    /**
     * Columns of the tables that users created, ordered by table.
     *
     * @param all whether to return all of them; otherwise only those whose names differ from another's only by case
     */
    public List<CatalogColumn> columns(boolean all) throws SQLException {
        try (var connection = pool.getConnection()) {
            return CatalogColumnQuery.read(connection, all);
        }
    }

    /**
     * Columns of tables that share values: of partitioned tables and their partitions, and of tables that inherit and
     * those that they inherit from.
     *
     * @param wanted which of them to return
     */
    public List<RelatedColumn> relatedColumns(Collection<TableName> tables, Predicate<RelatedColumn> wanted)
            throws SQLException {
        try (var connection = pool.getConnection()) {
            return RelatedColumnQuery.ofFamilies(connection, tables, wanted);
        }
    }

    /** Those of the tables that are partitions without rows, and that this role may not read. */
    public Set<Long> emptyPartitions(List<Long> oids) throws SQLException {
        try (var connection = pool.getConnection()) {
            return NewPartition.empty(connection, oids);
        }
    }

    /** Those of the tables that were created as the partitions that they are. */
    public Set<Long> partitionsInPlace(List<Long> oids) throws SQLException {
        try (var connection = pool.getConnection()) {
            return NewPartition.inPlace(connection, oids);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Reads all rows of a query with text parameters. */
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

    private static DriverSource source(ConnectionTarget target) {
        var source = DriverSource.of(target, APPLICATION);
        // The timeouts configured for capturing can be too long for a check, whose caller is waiting.
        for (var timeout : List.of(PGProperty.CONNECT_TIMEOUT, PGProperty.LOGIN_TIMEOUT, PGProperty.SOCKET_TIMEOUT)) {
            source = source.with(timeout, String.valueOf(boundedSeconds(target.driverProperties(), timeout.getName())));
        }
        return source;
    }

    private static DriverSource replicating(ConnectionTarget target) {
        return source(target)
                .with(PGProperty.REPLICATION, "database")
                .with(PGProperty.PREFER_QUERY_MODE, "simple")
                .with(PGProperty.ASSUME_MIN_SERVER_VERSION, "9.4");
    }

    private static long boundedSeconds(Map<String, String> driverProperties, String name) {
        try {
            var configured = Double.parseDouble(driverProperties.getOrDefault(name, "0"));
            return configured > 0 ? Math.min((long) Math.ceil(configured), TIMEOUT.toSeconds()) : TIMEOUT.toSeconds();
        } catch (NumberFormatException e) {
            return TIMEOUT.toSeconds();
        }
    }

    private static HikariConfig poolConfig(DriverSource source) {
        var config = new HikariConfig();
        config.setPoolName("tributary-preflight");
        config.setDataSource(source);
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(true);
        config.setConnectionInitSql(SessionSettings.SQL + "; SET statement_timeout = "
                + TIMEOUT.minusSeconds(1).toMillis() + "; SET search_path = pg_catalog; SET row_security = on");
        return config;
    }
}
