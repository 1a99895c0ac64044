// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyOut;

/**
 * A snapshot of the database that several connections share, and locks that protect its tables from being altered until
 * this object is closed.
 *
 * <p>One connection, the keeper, imports an exported snapshot, takes the locks, and exports the snapshot again, so that
 * it outlives the connection that exported it first. Every {@link #session} imports it from the keeper. Text has the
 * form in which the replication protocol sends it, regardless of the settings of the database and the role.
 */
public final class SharedSnapshot implements AutoCloseable {

    static final String APPLICATION = "Tributary snapshot";
    private static final int TABLES_PER_STATEMENT = 100;

    /**
     * Has the server refuse a query that row-level security would filter, instead of leaving rows out of its result.
     * Ends with a semicolon.
     */
    public static final String ALL_ROWS = "SET row_security = off;";

    /**
     * Makes text the same as in the stream, asks for all rows, and removes timeouts that would end a transaction that
     * waits for Kafka.
     */
    static final String SETTINGS = ALL_ROWS + """
            SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET extra_float_digits = 3;
            SET bytea_output = 'hex'; SET lc_monetary = 'C'; \
            """ + SessionSettings.SQL;

    /**
     * The SQL states with which a server reports that a snapshot no longer exists; they depend on version and timing.
     */
    private static final Set<String> SNAPSHOT_IS_GONE = Set.of("42704", "22023", "55000");

    private static final String CONNECTION_IS_GONE = "08003";

    private final HikariDataSource pool;
    private final Connection keeper;
    private final String name;

    private SharedSnapshot(HikariDataSource pool, Connection keeper, String name) {
        this.pool = pool;
        this.keeper = keeper;
        this.name = name;
    }

    /**
     * Imports a snapshot.
     *
     * @param exported the name that {@code CREATE_REPLICATION_SLOT} or {@code pg_export_snapshot} returned; the
     *     exporting connection must still be open
     * @param readers how many connections are needed in addition to the keeper's
     */
    public static SharedSnapshot open(ConnectionTarget target, String exported, int readers) throws SQLException {
        HikariDataSource pool = new HikariDataSource(poolConfig(target, readers + 1));
        try {
            Connection keeper = importSnapshot(pool, exported);
            return new SharedSnapshot(pool, keeper, exportAgain(keeper));
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Opens another connection that sees the snapshot. */
    public SnapshotSession session() throws SQLException {
        try {
            return new SnapshotSession(this, importSnapshot(pool, name));
        } catch (SQLException e) {
            throw reason(e);
        }
    }

    /** Begins a transaction that sees the snapshot, on a connection without a transaction. */
    void importInto(Connection connection) throws SQLException {
        try {
            importSnapshot(connection, name);
        } catch (SQLException e) {
            throw reason(e);
        }
    }

    /** If the snapshot is gone, the keeper's connection knows why: a timeout, an administrator, the network. */
    private SQLException reason(SQLException failure) {
        if (!CONNECTION_IS_GONE.equals(failure.getSQLState())) {
            return failure;
        }
        try {
            synchronized (this) {
                Database.rows(keeper, "SELECT 1", row -> row.getInt(1));
            }
            return failure;
        } catch (SQLException e) {
            // Without a state it is the pool's: another thread has seen the failure of the connection before.
            return e.getSQLState() == null ? failure : e;
        }
    }

    /** Work that uses the keeper's connection. */
    @FunctionalInterface
    public interface Work<T> {
        T over(Connection keeper) throws SQLException, InterruptedException;
    }

    /** Does work on the connection that holds the locks; one thread at a time. */
    public synchronized <T> T byKeeper(Work<T> work) throws SQLException, InterruptedException {
        return work.over(keeper);
    }

    /**
     * Locks tables, as {@code pg_dump} does, against statements that would change their structure or move their rows.
     * Other sessions can still read and write.
     *
     * @throws LockedTableException if one of them is locked for longer than the timeout
     */
    public void lock(List<TableName> tables, Duration timeout) throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + Math.max(1, timeout.toMillis()));
            for (int from = 0; from < tables.size(); from += TABLES_PER_STATEMENT) {
                List<TableName> some = tables.subList(from, Math.min(tables.size(), from + TABLES_PER_STATEMENT));
                lock(statement, some, timeout);
            }
            statement.execute("SET LOCAL lock_timeout = 0");
        }
    }

    /** Takes an additional lock on a table, with a statement from the user. */
    public synchronized void lock(TableName table, String sql, Duration timeout) throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + Math.max(1, timeout.toMillis()));
            statement.execute(sql);
            statement.execute("SET LOCAL lock_timeout = 0");
        } catch (SQLException e) {
            throw LockedTableException.LOCK_NOT_AVAILABLE.equals(e.getSQLState())
                    ? LockedTableException.of(pool, List.of(table), timeout, e)
                    : e;
        }
    }

    /**
     * Cancels an unfinished COPY and closes its connection. The driver cannot cancel a COPY and leave the connection
     * usable: data that is still being sent would be taken for the answer to the next query.
     */
    public void abandon(Connection connection, CopyOut copy) {
        AbandonedCopy.abort(connection, copy);
        pool.evictConnection(connection);
    }

    /**
     * Verifies that the locks were held until now. Without them a table may have been rewritten before it was read, and
     * then it is empty for the snapshot.
     *
     * @throws SQLException if the connection that held them was lost
     */
    public void assertLocked() throws SQLException, InterruptedException {
        byKeeper(connection -> Database.rows(connection, "SELECT 1", row -> row.getInt(1)));
    }

    private void lock(Statement statement, List<TableName> tables, Duration timeout) throws SQLException {
        try {
            statement.execute("LOCK TABLE "
                    + tables.stream().map(TableName::quoted).collect(Collectors.joining(", "))
                    + " IN ACCESS SHARE MODE");
        } catch (SQLException e) {
            throw LockedTableException.LOCK_NOT_AVAILABLE.equals(e.getSQLState())
                    ? LockedTableException.of(pool, tables, timeout, e)
                    : e;
        }
    }

    private static Connection importSnapshot(HikariDataSource pool, String snapshot) throws SQLException {
        Connection connection = pool.getConnection();
        try {
            importSnapshot(connection, snapshot);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void importSnapshot(Connection connection, String snapshot) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET TRANSACTION SNAPSHOT "
                    + Identifier.literal(snapshot));
        } catch (SQLException e) {
            throw SNAPSHOT_IS_GONE.contains(Objects.requireNonNullElse(e.getSQLState(), ""))
                    ? new SQLException("The connection that held the snapshot was lost", CONNECTION_IS_GONE, e)
                    : e;
        }
    }

    private static String exportAgain(Connection keeper) throws SQLException {
        return Database.rows(keeper, "SELECT pg_catalog.pg_export_snapshot()", row -> row.getString(1))
                .get(0);
    }

    private static HikariConfig poolConfig(ConnectionTarget target, int connections) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tributary-snapshot");
        config.setDataSource(DriverSource.of(target, APPLICATION));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setMaxLifetime(0); // a transaction lasts as long as the snapshot
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setConnectionInitSql(SETTINGS);
        // Without this the settings are made in the first transaction and undone when that is rolled back.
        config.setIsolateInternalQueries(true);
        return config;
    }

    /** Ends all transactions, which releases the locks. */
    @Override
    public void close() {
        pool.close();
    }
}
