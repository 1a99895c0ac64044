// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import dev.tributary.position.Lsn;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.TimelineHistory;
import dev.tributary.row.TextNotation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLState;

/**
 * A connection in replication mode that has not started to stream yet. It accepts plain SQL, too, over the simple
 * protocol.
 *
 * <p>{@link #stream} hands the connection over to the reader it returns; until then, {@link #close()} closes it.
 */
public final class Walsender implements AutoCloseable {

    /** Makes the text of a row equal to what COPY returns on the connections that read snapshots. */
    private static final String SETTINGS = TextNotation.SETTINGS + "SET TimeZone = 'UTC';";

    private static final String UNDEFINED_FILE = "58P01";

    private final Connection connection;
    private boolean handedOver;

    /** The ancestors of the timelines that were asked for, if the server knows them. */
    private final Map<Long, Optional<TimelineHistory>> histories = new HashMap<>();

    private Walsender(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param url the JDBC URL of the database
     * @param properties pgjdbc's connection properties: user, password, TLS
     * @param settings SQL statements to run first, as every session of the connector does
     * @param application the {@code application_name} that the server shows
     * @throws SQLException as the driver reports it
     */
    public static Walsender connect(String url, Properties properties, String settings, String application)
            throws SQLException {
        Properties complete = new Properties();
        complete.putAll(properties);
        PGProperty.REPLICATION.set(complete, "database");
        PGProperty.PREFER_QUERY_MODE.set(complete, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(complete, "9.4");
        PGProperty.APPLICATION_NAME.set(complete, application);
        // Not DriverManager: it does not see a driver that only the plugin's class loader knows.
        Connection connection = new Driver().connect(url, complete);
        if (connection == null) {
            throw new SQLException(
                    url + " is not a URL of a Postgres database", PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState());
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS + settings);
            return new Walsender(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether the database has a logical slot of this name that pgoutput can read. */
    public boolean hasSlot(String name) throws SQLException {
        String sql = "SELECT 1 FROM pg_catalog.pg_replication_slots WHERE slot_name = '" + name.replace("'", "''")
                + "' AND database = pg_catalog.current_database() AND plugin = 'pgoutput'";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next();
        }
    }

    /** Returns the history that the positions of this server belong to. */
    public ServerTimeline identify() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            String systemId = row.getString("systemid");
            long timeline = row.getLong("timeline");
            return new ServerTimeline(systemId, timeline, history(timeline).orElse(null));
        }
    }

    /** Whether the server is a standby at the moment. */
    public boolean isInRecovery() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery()")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** The server does not know them if it was set up without the files of its former timelines. */
    private Optional<TimelineHistory> history(long timeline) throws SQLException {
        Optional<TimelineHistory> known = timeline == 1 ? Optional.of(TimelineHistory.NONE) : histories.get(timeline);
        if (known == null) {
            known = readHistory(timeline);
            histories.put(timeline, known);
        }
        return known;
    }

    private Optional<TimelineHistory> readHistory(long timeline) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
            row.next();
            return Optional.of(TimelineHistory.parse(row.getString("content")));
        } catch (SQLException e) {
            if (UNDEFINED_FILE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns the position from which a slot sends transactions; empty if the slot does not exist. */
    public Optional<Lsn> position(String slot) throws SQLException {
        String sql = "SELECT confirmed_flush_lsn FROM pg_catalog.pg_replication_slots WHERE slot_name = '"
                + slot.replace("'", "''") + "' AND confirmed_flush_lsn IS NOT NULL";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Optional.of(Lsn.parse(row.getString(1))) : Optional.empty();
        }
    }

    /**
     * Starts to stream. The reader owns the connection from here on.
     *
     * @param from the server leaves out transactions that commit before this position
     * @param acknowledged the position to report as processed until {@link ReplicationReader#acknowledge} raises it
     * @param statusIntervalMillis the longest time between two status messages
     */
    public ReplicationReader stream(StartReplication command, Lsn from, Lsn acknowledged, long statusIntervalMillis)
            throws SQLException {
        ReplicationReader reader =
                new ReplicationReader(connection, command.from(from), acknowledged, statusIntervalMillis);
        handedOver = true;
        return reader;
    }

    /** Closes the connection, unless a reader owns it. */
    @Override
    public void close() throws SQLException {
        if (!handedOver) {
            connection.close();
        }
    }
}
