// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.connection.PostgresConnection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Notices when the standby that is read is promoted. The stream continues, but its positions belong to another timeline
 * from then on.
 */
final class PromotionWatch {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PostgresConnection catalog;
    private boolean isStandby;
    private long lastNanos = System.nanoTime();

    PromotionWatch(PostgresConnection catalog) throws SQLException {
        this.catalog = catalog;
        this.isStandby = isInRecovery();
    }

    /** Whether the server has been promoted since the last call; it is asked once a second at most. */
    boolean isPromoted(long nanoTime) throws SQLException {
        if (!isStandby || nanoTime - lastNanos < INTERVAL_NANOS) {
            return false;
        }
        lastNanos = nanoTime;
        isStandby = isInRecovery();
        return !isStandby;
    }

    private boolean isInRecovery() throws SQLException {
        return catalog.queryAndMap("SELECT pg_catalog.pg_is_in_recovery()", row -> row.next() && row.getBoolean(1));
    }
}
