// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.tail;

import dev.tributary.config.ConnectorConfig;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/**
 * A slot and a publication that exist for one run, so that the run disturbs no connector and holds no WAL back once it
 * is over.
 *
 * @param name the name of both, new for each run
 * @param config where they are made
 */
record BorrowedSlot(String name, ConnectorConfig config) {

    static BorrowedSlot of(Map<String, String> options) {
        String name = "tributary_tail_" + Long.toUnsignedString(new SecureRandom().nextLong(), 36);
        return new BorrowedSlot(name, ConnectorConfig.of(options));
    }

    /** What the connector has to be told. */
    Map<String, String> options() {
        return Map.of("slot.name", name, "publication.name", name);
    }

    /** Drops both if they are there; what cannot be dropped is named with the statement that does it. */
    void giveBack(PrintStream err) {
        String dropSlot = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?";
        String dropPublication = "DROP PUBLICATION IF EXISTS " + name;
        try (Connection connection = DriverManager.getConnection(url(), login());
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

    private String url() {
        return "jdbc:postgresql://" + config.hostname() + ":" + config.port() + "/" + config.database();
    }

    private Properties login() {
        Properties login = new Properties();
        login.putAll(config.driverProperties());
        login.setProperty("user", config.user());
        if (config.password() != null) {
            login.setProperty("password", config.password());
        }
        return login;
    }
}
