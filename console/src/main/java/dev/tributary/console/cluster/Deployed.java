// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * A Postgres connector of the cluster.
 *
 * @param name its name
 * @param type its class
 * @param server its topic prefix, under which its MBeans are
 */
record Deployed(String name, String type, String server) {

    static final String OURS = "dev.tributary.PostgresSourceConnector";
    private static final String DEBEZIUMS = "io.debezium.connector.postgresql.PostgresConnector";

    /** Connect accepts a class by its simple name as well. */
    private static final Map<String, String> TYPES =
            Map.of(OURS, OURS, "PostgresSourceConnector", OURS, "PostgresSource", OURS, DEBEZIUMS, DEBEZIUMS);

    /** Empty if the configuration is that of another connector. */
    static Optional<Deployed> of(String name, Map<String, String> config) {
        return Optional.ofNullable(TYPES.get(config.getOrDefault("connector.class", "")))
                .map(type -> new Deployed(name, type, config.getOrDefault("topic.prefix", "")));
    }

    boolean isOurs() {
        return type.equals(OURS);
    }
}
