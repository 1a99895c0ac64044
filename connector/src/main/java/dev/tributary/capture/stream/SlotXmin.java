// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.connection.PostgresConnection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The slot's xmin, read again when it is older than {@code xmin.fetch.interval.ms}. */
final class SlotXmin implements StreamOptions.Xmin {

    private final PostgresConnection connection;
    private final String slot;
    private final long intervalNanos;
    private @Nullable Long xmin;
    private long readNanos;

    SlotXmin(PostgresConnection connection, String slot, long intervalMillis) {
        this.connection = connection;
        this.slot = slot;
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    }

    @Override
    public @Nullable Long get() throws SQLException {
        long now = System.nanoTime();
        if (xmin == null || now - readNanos >= intervalNanos) {
            xmin = connection.getSlotXmin(slot, "pgoutput");
            readNanos = now;
        }
        return xmin;
    }
}
