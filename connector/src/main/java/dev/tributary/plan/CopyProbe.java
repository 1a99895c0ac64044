// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.ReadingSession;
import dev.tributary.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Measures how fast the rows of a table arrive: a COPY in a read-only transaction, which the server ends after two
 * seconds. Rows are counted and thrown away.
 */
final class CopyProbe {

    static final String APPLICATION = "Tributary plan";

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** When to give up a server that does not end the statement itself. */
    private static final Duration PATIENCE = LIMIT.multipliedBy(3);

    /** query_canceled. */
    private static final String ENDED = "57014";

    private static final double NANOS = 1e9;

    private final ReadingSession session;
    private long rows;
    private long bytes;

    private CopyProbe(ReadingSession session) {
        this.session = session;
    }

    /**
     * Measures it.
     *
     * @param select reads the rows of the table
     * @throws SQLException if the table cannot be read, for example because it is locked
     */
    static Probe of(ConnectionTarget target, TableName table, String select) throws SQLException {
        try (ReadingSession session = ReadingSession.open(target, APPLICATION);
                ReadingSession watch = ReadingSession.open(target, APPLICATION)) {
            CopyProbe probe = new CopyProbe(session);
            long before = watch.endOfWal();
            long began = System.nanoTime();
            boolean whole = probe.read(select);
            double seconds = (System.nanoTime() - began) / NANOS;
            long written = Math.max(0, watch.endOfWal() - before);
            return new Probe(table.toString(), probe.rows, probe.bytes, seconds, whole, written);
        }
    }

    /** Returns whether that was everything. */
    private boolean read(String select) throws SQLException {
        Connection connection = session.connection();
        connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + LIMIT.toMillis());
        }
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + select + ") TO STDOUT");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                rows++;
                bytes += row.length;
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
            }
            return true;
        } catch (SQLException e) {
            if (ENDED.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            if (copy.isActive()) {
                session.abandon(connection, copy);
            }
        }
    }
}
