// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What another default changes for a configuration that was written for Debezium's connector. */
public final class ChangedDefaults {

    /** The class of Debezium's connector. */
    public static final String DEBEZIUM = "io.debezium.connector.postgresql.PostgresConnector";

    /** Options whose absence means something else, although Debezium's default is the same or does not exist. */
    private static final Map<String, String> OTHER_MEANINGS = new TreeMap<>(Map.of(
            OptionNames.LSN_FLUSH_MODE,
            "WAL that holds nothing to send is acknowledged as well; Debezium acknowledges it only with"
                    + " connector_and_driver",
            "max.queue.size.in.bytes",
            "waiting records take a sixteenth of the heap at most; in Debezium there is no limit",
            OptionNames.RECORD_TIMESTAMP,
            "a record has the commit time of its transaction as its timestamp; with none, the time of sending, as with"
                    + " Debezium",
            OptionNames.NEW_TABLES,
            "the rows of a table that is captured later are read; with stream they are not, as with Debezium"));

    private ChangedDefaults() {}

    /** One line for each option that the configuration does not set and that then means something else. */
    public static List<String> in(Map<String, String> written) {
        Map<String, String> ours = Options.complete(Map.of());
        List<String> changes = new ArrayList<>();
        DebeziumFields.all().stream()
                .filter(field -> ours.containsKey(field.name()) && !written.containsKey(field.name()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .forEach(field -> changes.add(field.name() + ": is not set, so it changes from "
                        + Objects.toString(field.defaultValue()) + " (Debezium's default) to "
                        + ours.get(field.name())));
        OTHER_MEANINGS.forEach((option, meaning) -> {
            if (!written.containsKey(option)) {
                changes.add(option + ": is not set, so " + meaning);
            }
        });
        return changes;
    }
}
