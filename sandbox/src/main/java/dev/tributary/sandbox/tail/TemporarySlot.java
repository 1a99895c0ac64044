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
import java.util.stream.Stream;

/**
 * A slot for one run, and a publication if the connector's cannot be used, so that the run disturbs no connector and
 * retains no WAL once it is over.
 *
 * @param name the name of both, unique to the run
 * @param publication which publication the run reads
 * @param target the database
 */
record TemporarySlot(String name, PublicationUse publication, ConnectionTarget target) {

    private static final String GUARD = "wal.guard";
    private static final String MODE = "publication.autocreate.mode";

    /** The prefix that a run claims in this JVM, so that it can share the topic prefix of a running connector. */
    private static final String CLAIMED = "internal.claimed.prefix";

    /** Which publication a run reads. */
    enum PublicationUse {
        /** The one in the configuration: it exists, and the run only reads it. */
        THE_CONNECTORS,
        /** One that the run creates and drops. */
        TEMPORARY
    }

    static TemporarySlot of(Map<String, String> options, PublicationUse publication) {
        String name = "tributary_tail_" + Long.toUnsignedString(new SecureRandom().nextLong(), 36);
        ConnectorConfig config = ConnectorConfig.of(options);
        return new TemporarySlot(
                name,
                publication,
                new ConnectionTarget(
                        config.hostname(),
                        config.port(),
                        config.database(),
                        config.user(),
                        config.password(),
                        config.driverProperties()));
    }

    /**
     * Which publication a run can read, and the errors that prevent a run.
     *
     * @param publication the one to read; without a meaning if there are errors
     * @param errors what prevents the run, except what is about the slot of the configuration
     */
    record Plan(PublicationUse publication, List<String> errors) {}

    /**
     * Decides for the connector's publication if it publishes everything that the run prints, and else for a new one.
     * If neither works, the errors name the connector's, so that the statements that fix them have to be run once.
     */
    static Plan plan(Map<String, String> options) {
        List<Remark> onOwn = check(options, Map.of(MODE, "disabled"));
        if (onOwn.stream().noneMatch(TemporarySlot::isAboutPublication)) {
            return new Plan(PublicationUse.THE_CONNECTORS, errors(onOwn));
        }
        List<Remark> onNew = check(options, ofTemporary("tributary_tail_check"));
        if (errors(onNew.stream().filter(TemporarySlot::isAboutPublication)).isEmpty()) {
            return new Plan(PublicationUse.TEMPORARY, errors(onNew));
        }
        return errors(onOwn.stream().filter(TemporarySlot::isAboutPublication)).isEmpty()
                ? new Plan(PublicationUse.THE_CONNECTORS, errors(onOwn))
                : new Plan(PublicationUse.THE_CONNECTORS, errors(check(options, Map.of())));
    }

    private static List<Remark> check(Map<String, String> options, Map<String, String> instead) {
        Map<String, String> checked = new HashMap<>(options);
        checked.put("slot.name", "tributary_tail_check");
        checked.put(CLAIMED, "tributary_tail_check");
        checked.putAll(instead);
        return ConfigurationCheck.of(checked);
    }

    private static boolean isAboutPublication(Remark remark) {
        return remark.severity() != Severity.INFO && remark.message().startsWith("publication.name:");
    }

    private static List<String> errors(List<Remark> remarks) {
        return errors(remarks.stream());
    }

    private static List<String> errors(Stream<Remark> remarks) {
        return remarks.filter(remark -> remark.severity() == Severity.ERROR)
                .map(Remark::message)
                .toList();
    }

    /** The options for the connector. */
    Map<String, String> options() {
        return switch (publication) {
            case THE_CONNECTORS -> Map.of("slot.name", name, CLAIMED, name, GUARD, "off", MODE, "disabled");
            case TEMPORARY -> {
                Map<String, String> options = new HashMap<>(Map.of("slot.name", name, CLAIMED, name, GUARD, "off"));
                options.putAll(ofTemporary(name));
                yield options;
            }
        };
    }

    /** The run creates the publication, also if the connector may not. */
    private static Map<String, String> ofTemporary(String publication) {
        return Map.of("publication.name", publication, MODE, "filtered");
    }

    /** Drops what the run has created. If that fails, prints the statements that drop it. */
    void drop(PrintStream err) {
        String dropSlot = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?";
        String dropPublication = "DROP PUBLICATION IF EXISTS " + name;
        try (Connection connection = DriverManager.getConnection(target.url(), target.properties());
                PreparedStatement slot = connection.prepareStatement(dropSlot);
                Statement statement = connection.createStatement()) {
            slot.setString(1, name);
            slot.execute();
            if (publication == PublicationUse.TEMPORARY) {
                statement.execute(dropPublication);
            }
        } catch (SQLException e) {
            err.println("tributary tail: could not clean up (" + e.getMessage() + "). Please run: SELECT"
                    + " pg_drop_replication_slot('" + name + "');"
                    + (publication == PublicationUse.TEMPORARY ? " " + dropPublication + ";" : ""));
        }
    }
}
