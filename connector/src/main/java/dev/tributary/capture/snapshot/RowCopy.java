// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.MoneyLocale;
import dev.tributary.row.RowImage;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads the rows of a query by COPY: the one loop that does. */
public final class RowCopy {

    private RowCopy() {}

    /** Receives rows. */
    @FunctionalInterface
    public interface RowConsumer {
        void accept(RowImage row) throws SQLException, InterruptedException;
    }

    /** Gives up a COPY before its end, and the connection with it: the server would send the rest first. */
    @FunctionalInterface
    public interface Abandonment {
        void abandon(Connection connection, CopyOut copy);
    }

    /**
     * Reads rows until there are no more, or until they exceed a limit.
     *
     * @param source the table
     * @param select the query for its rows
     * @param maxBytes the limit; the row that exceeds it is not passed on
     * @param abandonment called if the COPY does not come to its end: because of the limit, or because the consumer
     *     throws
     * @return whether all rows have been passed on
     */
    public static boolean read(
            Connection connection,
            TableSource source,
            String select,
            long maxBytes,
            RowConsumer rows,
            Abandonment abandonment)
            throws SQLException, InterruptedException {
        if (!source.query().isOfUser()) {
            return read(connection, select, source.columns(), maxBytes, rows, abandonment);
        }
        MoneyLocale.ofDatabase(connection);
        boolean whole = read(connection, select, source.columns(), maxBytes, rows, abandonment);
        if (whole) {
            MoneyLocale.ofConnector(connection);
        }
        return whole;
    }

    private static boolean read(
            Connection connection, String select, int columns, long maxBytes, RowConsumer rows, Abandonment abandonment)
            throws SQLException, InterruptedException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + select + ") TO STDOUT");
        try {
            long bytes = 0;
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                bytes += row.length;
                if (bytes > maxBytes) {
                    return false;
                }
                rows.accept(RowImage.ofCopyText(row, columns));
            }
            return true;
        } finally {
            if (copy.isActive()) {
                abandonment.abandon(connection, copy);
            }
        }
    }
}
