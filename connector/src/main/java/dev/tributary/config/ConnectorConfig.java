// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one connector, complete: what the user wrote, and our defaults where the user wrote nothing.
 *
 * <p>Assumes a configuration without errors; {@link Validation} finds them.
 */
public final class ConnectorConfig {

    private final Map<String, String> properties;
    private final Configuration debezium;

    private ConnectorConfig(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
        this.debezium = Configuration.from(this.properties);
    }

    /** The configuration that the given properties ask for. */
    public static ConnectorConfig of(Map<String, String> written) {
        Map<String, String> complete = new HashMap<>(Options.DEFAULTS);
        complete.putAll(written);
        return new ConnectorConfig(complete);
    }

    /** A copy in which one option has another value. */
    public ConnectorConfig with(String option, String value) {
        Map<String, String> changed = new HashMap<>(properties);
        changed.put(option, value);
        return new ConnectorConfig(changed);
    }

    /** Every property, defaults of ours included, as Debezium's parts read them. */
    public Map<String, String> properties() {
        return properties;
    }

    /** The name that begins every topic, and that names the source partition of the offsets. */
    public String topicPrefix() {
        return string("topic.prefix");
    }

    public String hostname() {
        return string("database.hostname");
    }

    public int port() {
        return debezium.getInteger(PostgresConnectorConfig.PORT);
    }

    public String database() {
        return string("database.dbname");
    }

    public String user() {
        return string("database.user");
    }

    /** The password, if one is set: a role may also be let in by certificate or by trust. */
    public @Nullable String password() {
        return properties.get("database.password");
    }

    public String slotName() {
        return debezium.getString(PostgresConnectorConfig.SLOT_NAME);
    }

    public String publicationName() {
        return debezium.getString(PostgresConnectorConfig.PUBLICATION_NAME);
    }

    /** {@code all_tables}, {@code disabled}, {@code filtered} or {@code no_tables}. */
    public String publicationAutocreateMode() {
        return debezium.getString(PostgresConnectorConfig.PUBLICATION_AUTOCREATE_MODE);
    }

    public boolean publishViaPartitionRoot() {
        return debezium.getBoolean(PostgresConnectorConfig.PUBLISH_VIA_PARTITION_ROOT);
    }

    public String snapshotMode() {
        return debezium.getString(PostgresConnectorConfig.SNAPSHOT_MODE);
    }

    public boolean readOnly() {
        return debezium.getBoolean(PostgresConnectorConfig.READ_ONLY_CONNECTION);
    }

    public RecordTimestamp recordTimestamp() {
        return RecordTimestamp.of(properties.getOrDefault(Options.RECORD_TIMESTAMP, RecordTimestamp.COMMIT.option()));
    }

    /** The longest pause between two attempts after a retriable failure. */
    public Duration longestRetryPause() {
        return Duration.ofMillis(debezium.getLong(PostgresConnectorConfig.RETRIABLE_RESTART_WAIT));
    }

    /** How many attempts in a row may fail before the task does; negative means any number. */
    public int maxRetries() {
        return debezium.getInteger(PostgresConnectorConfig.MAX_RETRIES_ON_ERROR);
    }

    /** The expressions that choose tables, each as written; empty when every table is captured. */
    public List<String> tableIncludeList() {
        return list("table.include.list");
    }

    /** The expressions that choose schemas, each as written; empty when every schema is captured. */
    public List<String> schemaIncludeList() {
        return list("schema.include.list");
    }

    /** What pgjdbc is to be given beside host, port, database, user and password: TLS settings and {@code driver.*}. */
    public Map<String, String> driverProperties() {
        Map<String, String> driver = new HashMap<>();
        for (String tls : List.of("sslmode", "sslcert", "sslkey", "sslpassword", "sslrootcert", "sslfactory")) {
            String value = properties.get("database." + tls);
            if (value != null && !value.isBlank()) {
                driver.put(tls, value);
            }
        }
        properties.forEach((name, value) -> {
            if (name.startsWith("driver.")) {
                driver.put(name.substring("driver.".length()), value);
            }
        });
        return driver;
    }

    private List<String> list(String option) {
        return Stream.ofNullable(properties.get(option))
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .collect(Collectors.toList());
    }

    private String string(String option) {
        String value = properties.get(option);
        if (value == null) {
            throw new IllegalStateException(option + " is not set");
        }
        return value;
    }
}
