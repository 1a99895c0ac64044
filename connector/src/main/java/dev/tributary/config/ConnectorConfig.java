// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import io.debezium.schema.AbstractTopicNamingStrategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
    private Tables.@Nullable TableFilter filters;

    private ConnectorConfig(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
        this.debezium = Configuration.from(this.properties);
    }

    /** The configuration that the given properties ask for. */
    public static ConnectorConfig of(Map<String, String> written) {
        return new ConnectorConfig(Options.complete(written));
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
        return string(OptionNames.TOPIC_PREFIX);
    }

    public String hostname() {
        return string(OptionNames.DATABASE_HOSTNAME);
    }

    public int port() {
        return debezium.getInteger(PostgresConnectorConfig.PORT);
    }

    public String database() {
        return string(OptionNames.DATABASE_DBNAME);
    }

    public String user() {
        return string(OptionNames.DATABASE_USER);
    }

    /** The password, if one is set: a role may also be let in by certificate or by trust. */
    public @Nullable String password() {
        return properties.get(OptionNames.DATABASE_PASSWORD);
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

    /** Whether the connector reads rows when it starts, under some circumstances at least. */
    public boolean snapshotReadsData() {
        return !List.of("never", "no_data").contains(snapshotMode());
    }

    /** How many bytes of a table are read at a time. For tests: nobody has to know a better number. */
    public long snapshotChunkBytes() {
        return bytes("internal.snapshot.chunk.bytes", 16 << 20);
    }

    /**
     * How many bytes of a table that is new are read at a time, beside the stream, which waits meanwhile: some ten thousand rows,
     * some hundredths of a second. For tests: nobody has to know a better number.
     */
    public long backfillChunkBytes() {
        return bytes("internal.backfill.chunk.bytes", 4 << 20);
    }

    private long bytes(String option, long defaultValue) {
        String value = properties.get(option);
        return value == null ? defaultValue : Long.parseLong(value);
    }

    /** Whether the connector takes a new snapshot by itself where changes were lost. */
    public boolean snapshotRepeats() {
        return List.of("always", "when_needed").contains(snapshotMode());
    }

    /** Whether the connector reads the WAL, and does not end after the snapshot. */
    public boolean streams() {
        return !snapshotMode().equals("initial_only");
    }

    /** Whether only some of a table's columns are captured. */
    public boolean filtersColumns() {
        return !list(OptionNames.COLUMN_INCLUDE_LIST).isEmpty()
                || !list(OptionNames.COLUMN_EXCLUDE_LIST).isEmpty();
    }

    private String snapshotMode() {
        return debezium.getString(PostgresConnectorConfig.SNAPSHOT_MODE).toLowerCase(Locale.ROOT);
    }

    /** Whether all filters together let a table through. */
    public boolean captures(String schema, String table) {
        Tables.TableFilter all = filters;
        if (all == null) {
            all = new PostgresConnectorConfig(debezium).getTableFilters().dataCollectionFilter();
            filters = all;
        }
        return all.isIncluded(new TableId(database(), schema, table));
    }

    /** Whether {@code message.key.columns} names key columns for a table, given as {@code schema.table}. */
    public boolean givesKeyTo(String table) {
        return Stream.of(properties
                        .getOrDefault(OptionNames.MESSAGE_KEY_COLUMNS, "")
                        .split(";"))
                .map(entry -> entry.split(":", 2)[0].strip())
                .filter(pattern -> !pattern.isEmpty())
                .anyMatch(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                        .matcher(table)
                        .matches());
    }

    /** Whether an update that changes no captured column is left out, for which the whole old row is needed. */
    public boolean skipsUnchanged() {
        return debezium.getBoolean(PostgresConnectorConfig.SKIP_MESSAGES_WITHOUT_CHANGE);
    }

    public String topicDelimiter() {
        return debezium.getString(AbstractTopicNamingStrategy.TOPIC_DELIMITER);
    }

    /**
     * Whether the server may forget what it skipped because there was nothing to send. Ours does so unless
     * {@code lsn.flush.mode} is set to something else; Debezium's source only if it is set to it.
     */
    public boolean acknowledgesIdle() {
        String mode = properties.get(OptionNames.LSN_FLUSH_MODE);
        return mode == null ? capturePath() == CapturePath.TRIBUTARY : mode.equalsIgnoreCase("connector_and_driver");
    }

    /**
     * Whether a slot that stands past the stored offset is as configured, and not a sign that something else moved it:
     * idle stretches are acknowledged, or the slot is to be trusted.
     */
    public boolean slotMayRunAhead() {
        return acknowledgesIdle()
                || Stream.of("trust_slot", "trust_greater_lsn")
                        .anyMatch(strategy ->
                                strategy.equalsIgnoreCase(properties.get(OptionNames.OFFSET_MISMATCH_STRATEGY)));
    }

    public boolean readOnly() {
        return debezium.getBoolean(PostgresConnectorConfig.READ_ONLY_CONNECTION);
    }

    public CapturePath capturePath() {
        return Options.CAPTURE_PATH.valueIn(properties);
    }

    public NewTables newTables() {
        return Options.NEW_TABLES.valueIn(properties);
    }

    public RecordTimestamp recordTimestamp() {
        return Options.RECORD_TIMESTAMP.valueIn(properties);
    }

    /** Messages of errors that are declared to pass by themselves; a stopgap that Debezium offers, off by default. */
    public Optional<Pattern> retriablePattern() {
        return Optional.ofNullable(properties.get("internal.custom.retriable.exception"))
                .filter(text -> !text.isBlank() && !text.equals("false"))
                .map(Pattern::compile);
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
        return list(OptionNames.TABLE_INCLUDE_LIST);
    }

    /** The expressions that choose schemas, each as written; empty when every schema is captured. */
    public List<String> schemaIncludeList() {
        return list(OptionNames.SCHEMA_INCLUDE_LIST);
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
