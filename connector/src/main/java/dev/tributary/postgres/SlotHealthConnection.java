// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the health of a slot over a connection of its own, which it makes again after a failure. Not thread-safe. */
public final class SlotHealthConnection implements AutoCloseable {

    private static final String APPLICATION = "Tributary guard";

    /** The server ends a session whose worker is gone, and another worker leads. */
    private static final Duration SHORTEST_IDLE = Duration.ofMinutes(1);

    private final ConnectionTarget target;
    private final String slot;
    private final Duration idle;
    private @Nullable Connection connection;
    private boolean leads;

    /** @param interval the time between two looks */
    public SlotHealthConnection(ConnectionTarget target, String slot, Duration interval) {
        this.target = target;
        this.slot = slot;
        Duration some = interval.multipliedBy(3);
        this.idle = some.compareTo(SHORTEST_IDLE) < 0 ? SHORTEST_IDLE : some;
    }

    /**
     * Reads it; empty if there is no such slot.
     *
     * @throws SQLException if the server does not answer within {@link Database#TIMEOUT}, or refuses; its message names
     *     a grant that is missing
     */
    public Optional<SlotHealth> read() throws SQLException {
        try {
            return SlotHealthQuery.read(connection(), slot, target.user());
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Whether this is the one of several connections for the same slot that alerts, as long as it is open. Those of
     * other workers are not.
     */
    public boolean leads() throws SQLException {
        if (!leads) {
            leads = Database.rows(
                            connection(),
                            "SELECT pg_try_advisory_lock(hashtext('dev.tributary.guard'), hashtext(?))",
                            row -> row.getBoolean(1),
                            slot)
                    .get(0);
        }
        return leads;
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = Database.connect(target, APPLICATION);
            try (Statement settings = open.createStatement()) {
                settings.execute(SessionSettings.SQL + "; SET statement_timeout = "
                        + Database.TIMEOUT.minusSeconds(1).toMillis() + "; SET idle_session_timeout = "
                        + idle.toMillis() + "; SET search_path = pg_catalog");
            } catch (SQLException e) {
                open.close();
                throw e;
            }
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        leads = false;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is of no use any more.
            }
        }
    }
}
