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
 * A moment of the database that several connections see at once, and locks that keep the tables as they are until this is
 * closed.
 *
 * <p>One connection, the keeper, imports an exported snapshot, takes the locks and exports the snapshot again, so that it
 * lives on whatever becomes of who exported it first. Every {@link #session} imports it from there. Text comes in the form
 * that the replication protocol sends, whatever the settings of database and role are.
 */
public final class SharedSnapshot implements AutoCloseable {

    private static final String APPLICATION = "Tributary snapshot";
    private static final int TABLES_PER_STATEMENT = 100;

    /** What makes text the same as in the stream, and what would end a transaction that waits for Kafka. */
    static final String SETTINGS = """
            SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET extra_float_digits = 3;
            SET bytea_output = 'hex'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0\
            """;

    /** What a server says of a snapshot that nobody holds any more; which of them depends on its version, and on timing. */
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
     * @param exported its name, as {@code CREATE_REPLICATION_SLOT} or {@code pg_export_snapshot} gave it; who exported it
     *     must still be there
     * @param readers how many connections are wanted beside the keeper's
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

    /** A further connection that sees the moment. */
    public SnapshotSession session() throws SQLException {
        return new SnapshotSession(this, importSnapshot(pool, name));
    }

    /** Begins a transaction that sees the moment, on a connection that has none. */
    void importInto(Connection connection) throws SQLException {
        importSnapshot(connection, name);
    }

    /** What is done over the keeper's connection. */
    @FunctionalInterface
    public interface Work<T> {
        T over(Connection keeper) throws SQLException, InterruptedException;
    }

    /** Does something over the connection that holds the locks; one thread at a time. */
    public synchronized <T> T byKeeper(Work<T> work) throws SQLException, InterruptedException {
        return work.over(keeper);
    }

    /**
     * Locks tables against everything that would change where or what their rows are, as {@code pg_dump} does: reading and
     * writing go on.
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

    /** Takes a further lock on a table, by a statement of the user's. */
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
     * Ends a COPY that has not come to its end, and its connection with it: the driver has no way to end one that leaves the
     * connection fit for use. What was on its way would be taken for the answer to the next question.
     */
    public void abandon(Connection connection, CopyOut copy) {
        AbandonedCopy.abort(connection, copy);
        pool.evictConnection(connection);
    }

    /**
     * Makes sure that the locks have been held until now. Without them a table may have been rewritten before somebody came to
     * read it, and have been empty for the snapshot.
     *
     * @throws SQLException if the connection that held them is gone
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
                    ? new SQLException("The connection that held the snapshot is gone", CONNECTION_IS_GONE, e)
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
        config.setDataSource(Database.source(target, APPLICATION));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setMaxLifetime(0); // a transaction lasts as long as the snapshot
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setConnectionInitSql(SETTINGS);
        // Without it the settings are made in the first transaction, and gone when that is rolled back.
        config.setIsolateInternalQueries(true);
        return config;
    }

    /** Ends all transactions, and with them the locks. */
    @Override
    public void close() {
        pool.close();
    }
}
