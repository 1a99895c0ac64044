// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.tail;

import dev.tributary.ConfigurationCheck;
import dev.tributary.ConfigurationCheck.Remark;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.preflight.Finding.Severity;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A slot and a publication for one run, so that the run disturbs no connector and retains no WAL once it is over.
 *
 * @param name the name of both, unique to the run
 * @param target the database
 */
record TemporarySlot(String name, ConnectionTarget target) {

    static TemporarySlot of(Map<String, String> options) {
        String name = "tributary_tail_" + Long.toUnsignedString(new SecureRandom().nextLong(), 36);
        ConnectorConfig config = ConnectorConfig.of(options);
        return new TemporarySlot(
                name,
                new ConnectionTarget(
                        config.hostname(),
                        config.port(),
                        config.database(),
                        config.user(),
                        config.password(),
                        config.driverProperties()));
    }

    /** The errors that prevent a run with a configuration, except those of its slot and publication. */
    static List<String> errorsIn(Map<String, String> options) {
        Map<String, String> withOthers = new HashMap<>(options);
        withOthers.put("slot.name", "tributary_tail_check");
        withOthers.put("publication.name", "tributary_tail_check");
        return ConfigurationCheck.of(withOthers).stream()
                .filter(remark -> remark.severity() == Severity.ERROR)
                .map(Remark::message)
                .toList();
    }

    /** The options for the connector. */
    Map<String, String> options() {
        return Map.of("slot.name", name, "publication.name", name);
    }

    /** Drops both if they exist. If that fails, prints the statements that drop them. */
    void drop(PrintStream err) {
        String dropSlot = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?";
        String dropPublication = "DROP PUBLICATION IF EXISTS " + name;
        try (Connection connection = DriverManager.getConnection(target.url(), target.properties());
                PreparedStatement slot = connection.prepareStatement(dropSlot);
                Statement statement = connection.createStatement()) {
            slot.setString(1, name);
            slot.execute();
            statement.execute(dropPublication);
        } catch (SQLException e) {
            err.println("tributary tail: could not clean up (" + e.getMessage() + "). Please run: SELECT"
                    + " pg_drop_replication_slot('" + name + "'); " + dropPublication + ";");
        }
    }
}
