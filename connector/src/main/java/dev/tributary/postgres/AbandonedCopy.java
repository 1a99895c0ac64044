// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A COPY that is given up before its end. Its connection is of no further use: the server would send the rest first.
 */
final class AbandonedCopy {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedCopy.class);

    private AbandonedCopy() {}

    /** Cancels the COPY and aborts its connection. Failures are logged, because the connection is lost in any case. */
    static void abort(Connection connection, CopyOut copy) {
        try {
            // While the driver considers the COPY active, everything else waits for it, even the rollback on close.
            copy.cancelCopy();
        } catch (SQLException e) {
            LOG.debug("A COPY could not be cancelled", e);
        }
        try {
            connection.unwrap(PgConnection.class).abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("A connection could not be aborted", e);
        }
    }
}
