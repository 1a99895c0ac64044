// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.relational.TableId;
import io.debezium.schema.AbstractTopicNamingStrategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The complete configuration of one connector: the options that the user set, and our defaults for the others.
 *
 * <p>Assumes a valid configuration; {@link Validation} finds the errors.
 */
public final class ConnectorConfig {

    private final Map<String, String> properties;
    private final Configuration debezium;
    private final Set<TableId> leftOut;
    private final Selection selection;

    private ConnectorConfig(Map<String, String> properties, Set<TableId> leftOut) {
        this.properties = Map.copyOf(properties);
        this.leftOut = Set.copyOf(leftOut);
        this.debezium = Configuration.from(this.properties);
        this.selection = new Selection(this.properties, debezium, this.leftOut);
    }

    /** The configuration with the given properties. */
    public static ConnectorConfig of(Map<String, String> written) {
        return new ConnectorConfig(Options.complete(written), Set.of());
    }

    /** A copy in which one option has another value. */
    public ConnectorConfig with(String option, String value) {
        Map<String, String> changed = new HashMap<>(properties);
        changed.put(option, value);
        return new ConnectorConfig(changed, leftOut);
    }

    /**
     * A copy that does not capture some tables, whatever its filters say.
     *
     * @param schema the schema of a table
     * @param name the name of a table
     */
    public <T> ConnectorConfig leavingOut(Set<T> tables, Function<T, String> schema, Function<T, String> name) {
        return leavingOut(tables.stream()
                .map(table -> new TableId(database(), schema.apply(table), name.apply(table)))
                .collect(Collectors.toSet()));
    }

    /** A copy that leaves out the same tables as another one: those that its {@link #leftOut()} returns. */
    public ConnectorConfig leavingOut(Set<TableId> tables) {
        return new ConnectorConfig(properties, tables);
    }

    /** The tables that are not captured although the filters include them. */
    public Set<TableId> leftOut() {
        return leftOut;
    }

    /** The tables, columns and changes that are captured. */
    public Selection selection() {
        return selection;
    }

    /** Every property, including our defaults, in the form that Debezium reads. */
    public Map<String, String> properties() {
        return properties;
    }

    /** The prefix of every topic; it also identifies the source partition of the offsets. */
    public String topicPrefix() {
        return string(OptionNames.TOPIC_PREFIX);
    }

    /** The name of the connector; empty if it runs without one, in an embedded engine. */
    public String connectorName() {
        return properties.getOrDefault("name", "");
    }

    /** What the replication connection is called in the database. */
    public ApplicationName applicationName() {
        return ApplicationName.of(claimedPrefix(), connectorName());
    }

    /**
     * The topic prefix that no other connector may have. A run that writes to no topics, such as that of
     * {@code ./tributary tail}, claims another one, and disturbs no connector with the same prefix.
     */
    public String claimedPrefix() {
        return properties.getOrDefault("internal.claimed.prefix", topicPrefix());
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

    /** The password, if one is set: a role can also authenticate with a certificate or by trust. */
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

    /** Whether the connector can read existing rows when it starts. */
    public boolean snapshotReadsData() {
        return !List.of("never", "no_data").contains(snapshotMode());
    }

    /** How many bytes of a table one chunk of a snapshot covers. Only tests set it. */
    public long snapshotChunkBytes() {
        return bytes("internal.snapshot.chunk.bytes", 16 << 20);
    }

    /**
     * How many bytes of a new table one chunk of a backfill covers. The stream waits while a chunk is read, so the
     * default is small: about ten thousand rows, a few hundredths of a second. Only tests set it.
     */
    public long backfillChunkBytes() {
        return bytes("internal.backfill.chunk.bytes", 4 << 20);
    }

    private long bytes(String option, long defaultValue) {
        String value = properties.get(option);
        return value == null ? defaultValue : Long.parseLong(value);
    }

    /** Whether the connector takes a new snapshot automatically when changes were lost. */
    public boolean snapshotRepeats() {
        return List.of("always", "when_needed").contains(snapshotMode());
    }

    /** Whether the connector can take a snapshot at each start, as far as that is known of a custom snapshotter. */
    public boolean snapshotsAtEachStart() {
        return List.of("always", "configuration_based", "custom").contains(snapshotMode());
    }

    /** Whether the connector streams the WAL instead of ending after the snapshot. */
    public boolean streams() {
        return !snapshotMode().equals("initial_only");
    }

    private String snapshotMode() {
        return debezium.getString(PostgresConnectorConfig.SNAPSHOT_MODE).toLowerCase(Locale.ROOT);
    }

    public String topicDelimiter() {
        return debezium.getString(AbstractTopicNamingStrategy.TOPIC_DELIMITER);
    }

    /**
     * Whether our source acknowledges positions past the stored offset, once Connect is done with all records: always,
     * unless {@code lsn.flush.mode} is set to another value than {@code connector_and_driver}.
     */
    public boolean acknowledgesDelivered() {
        return !properties.containsKey(OptionNames.LSN_FLUSH_MODE) || driverAcknowledges();
    }

    /**
     * Whether Debezium's source lets the driver acknowledge positions past the stored offset:
     * {@code lsn.flush.mode=connector_and_driver}. Nothing tells such a slot from one that something else has moved.
     */
    public boolean driverAcknowledges() {
        return "connector_and_driver".equalsIgnoreCase(properties.get(OptionNames.LSN_FLUSH_MODE));
    }

    /** Whether to resume from a slot that is past the stored offset: {@code offset.mismatch.strategy}. */
    public boolean trustsSlot() {
        return Stream.of("trust_slot", "trust_greater_lsn")
                .anyMatch(strategy -> strategy.equalsIgnoreCase(properties.get(OptionNames.OFFSET_MISMATCH_STRATEGY)));
    }

    public boolean readOnly() {
        return debezium.getBoolean(PostgresConnectorConfig.READ_ONLY_CONNECTION);
    }

    public CapturePath capturePath() {
        return Options.CAPTURE_PATH.valueIn(properties);
    }

    public ServerDivergence serverDivergence() {
        return Options.SERVER_DIVERGENCE.valueIn(properties);
    }

    public NewTables newTables() {
        return Options.NEW_TABLES.valueIn(properties);
    }

    public MissingTables missingTables() {
        return Options.TABLES_MISSING.valueIn(properties);
    }

    /**
     * How long to wait between two looks for tables that were created: ten seconds if they are waited for, otherwise a
     * minute. Only tests set something else.
     */
    public Duration tableLookInterval() {
        String millis = properties.get("internal.tables.look.ms");
        if (millis != null) {
            return Duration.ofMillis(Long.parseLong(millis));
        }
        return missingTables() == MissingTables.WAIT ? Duration.ofSeconds(10) : Duration.ofMinutes(1);
    }

    public UnidentifiedTables tablesWithoutIdentity() {
        return Options.TABLES_WITHOUT_IDENTITY.valueIn(properties);
    }

    /** The shortest time after which one of the topics deletes records, as far as the configuration says. */
    public Duration shortestRetention() {
        return new TopicCreation(properties).shortestRetention();
    }

    public RecordTimestamp recordTimestamp() {
        return Options.RECORD_TIMESTAMP.valueIn(properties);
    }

    /**
     * Matches messages of errors that the user declares retriable: a workaround that Debezium offers, off by default.
     */
    public Optional<Pattern> retriablePattern() {
        return Optional.ofNullable(properties.get("internal.custom.retriable.exception"))
                .filter(text -> !text.isBlank() && !text.equals("false"))
                .map(Pattern::compile);
    }

    /** The longest pause between two attempts after a retriable failure. */
    public Duration longestRetryPause() {
        return Duration.ofMillis(debezium.getLong(PostgresConnectorConfig.RETRIABLE_RESTART_WAIT));
    }

    /** How many attempts in a row may fail before the task fails; negative for any number. */
    public int maxRetries() {
        return debezium.getInteger(PostgresConnectorConfig.MAX_RETRIES_ON_ERROR);
    }

    /** The SELECT of the user that reads the rows of a table: {@code snapshot.select.statement.overrides.…}. */
    public Optional<String> ownSelect(String schema, String table) {
        return Optional.ofNullable(properties.get("snapshot.select.statement.overrides." + schema + "." + table));
    }

    /**
     * Connection properties for pgjdbc other than host, port, database, user and password: {@code database.*}, such as
     * those of TLS, and {@code driver.*}.
     */
    public Map<String, String> driverProperties() {
        return DriverProperties.in(properties);
    }

    private String string(String option) {
        String value = properties.get(option);
        if (value == null) {
            throw new IllegalStateException(option + " is not set");
        }
        return value;
    }
}
