// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.Transport;
import dev.tributary.config.CapturePath;
import dev.tributary.config.SlotOptions;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.KeepAliveSocketFactory;
import dev.tributary.postgres.SessionSettings;
import dev.tributary.postgres.SharedSnapshot;
import dev.tributary.replication.ReplicationReader;
import dev.tributary.row.TextNotation;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.ReplicaIdentityMapper;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.jdbc.JdbcConfiguration;
import io.debezium.relational.RelationalTableFilters;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables.TableFilter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** Debezium's typed configuration, with access to what its own task reads from within the package. */
class CaptureConfig extends PostgresConnectorConfig {

    /** How long Debezium's stream rests if nothing arrives; its default is half a second. */
    private static final Duration REST = Duration.ofMillis(5);

    /** A server that works on a query about a large catalog can be silent for this long. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(30);

    private final Configuration raw;
    private final CapturePath path;
    private final @Nullable RelationalTableFilters filters;

    /** @param leftOut tables that are not captured although the filters include them */
    CaptureConfig(Configuration raw, CapturePath path, Set<TableId> leftOut) {
        super(raw);
        this.raw = raw;
        this.path = path;
        this.filters = leftOut.isEmpty() ? super.getTableFilters() : without(raw, leftOut);
    }

    @Override
    public RelationalTableFilters getTableFilters() {
        return filters == null ? super.getTableFilters() : filters; // Debezium's constructor may ask
    }

    private RelationalTableFilters without(Configuration raw, Set<TableId> leftOut) {
        TableFilter all = super.getTableFilters().dataCollectionFilter();
        TableFilter eligible = super.getTableFilters().eligibleDataCollectionFilter();
        return new RelationalTableFilters(raw, eligible, getTableIdMapper(), false) {
            @Override
            public TableFilter dataCollectionFilter() {
                return table -> all.isIncluded(table) && !leftOut.contains(table);
            }
        };
    }

    /**
     * None: the connector itself sets the identities that {@code replica.identity.autoset.values} chooses, before each
     * start. Debezium would set them when the stream opens, also those that make Postgres reject updates.
     */
    @Override
    public Optional<ReplicaIdentityMapper> replicaIdentityMapper() {
        return Optional.empty();
    }

    /**
     * Returns how long Debezium's stream rests: nothing else asks for this. {@code CaptureTask} decides how long a poll
     * may wait.
     */
    @Override
    public Duration getPollInterval() {
        Duration configured = super.getPollInterval();
        return configured.compareTo(REST) < 0 ? configured : REST;
    }

    /**
     * Adds the settings of {@link TextNotation} and {@link SessionSettings}: the database and the role may have other
     * ones. A query that row-level security would filter fails. No statement of these connections waits longer for a
     * lock than {@code snapshot.lock.timeout.ms}: it may wait behind a session that waits for a lock of our snapshot, a
     * deadlock that the server cannot see. The user's own statements come last.
     */
    @Override
    public JdbcConfiguration getJdbcConfig() {
        Properties properties = super.getJdbcConfig().asProperties();
        KeepAliveSocketFactory.addTo(properties);
        Configuration configured = Configuration.from(properties);
        String statements = configured.getString(JdbcConfiguration.ON_CONNECT_STATEMENTS);
        return JdbcConfiguration.adapt(configured
                .edit()
                .with(
                        JdbcConfiguration.ON_CONNECT_STATEMENTS,
                        TextNotation.SETTINGS
                                + SharedSnapshot.ALL_ROWS
                                + SessionSettings.SQL
                                + ";SET lock_timeout = "
                                + Math.max(1, snapshotLockTimeout().toMillis())
                                + ";"
                                + Objects.requireNonNullElse(statements, ""))
                .build());
    }

    /**
     * The same for a connection that the stream waits for. A query whose packets get lost would keep the stream from
     * noticing that the server is silent; it ends a moment after the stream would have noticed.
     */
    JdbcConfiguration jdbcConfigForStream() {
        Duration silence =
                ReplicationReader.longestSilence(statusUpdateInterval().toMillis());
        Duration longest = snapshotLockTimeout().plus(silence.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : silence);
        return JdbcConfiguration.adapt(getJdbcConfig()
                .edit()
                .withDefault(PGProperty.SOCKET_TIMEOUT.getName(), longest.toSeconds())
                .build());
    }

    /**
     * Returns how the stream reaches the server.
     *
     * @param application the {@code application_name} of the stream
     */
    Transport transport(ConnectionTarget target, String application) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : Objects.requireNonNullElse(streamParams(), "").split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals).strip(),
                        parameter.substring(equals + 1).strip());
            }
        }
        return new Transport(
                target.url(),
                getJdbcConfig(),
                new Transport.Session(
                        SessionSettings.STREAMING + SlotOptions.of(raw.asMap()).sessionSql(), application),
                statusUpdateInterval().toMillis(),
                parameters,
                xminFetchInterval().toMillis());
    }

    /**
     * The number of threads for Debezium's own snapshot source. Unless the slot was just created, its threads see the
     * database at different moments, so a snapshot that a signal requests gets one thread. Our readers share one
     * moment.
     */
    @Override
    public int getSnapshotMaxThreads() {
        return path == CapturePath.DEBEZIUM ? snapshotReaders() : 1;
    }

    /** How many connections read a snapshot: {@code snapshot.max.threads}. */
    int snapshotReaders() {
        return super.getSnapshotMaxThreads();
    }

    /** Returns the converters of values that the options select. */
    CaptureValues values(CaptureValues.Notation notation, TypeCatalog types) {
        return new CaptureValues(
                this,
                new CaptureValues.Choices(
                        intervalHandlingMode(), hStoreHandlingMode(), includeUnknownDatatypes(), moneyFractionDigits()),
                notation,
                types);
    }

    boolean includesUnknownDatatypes() {
        return includeUnknownDatatypes();
    }

    /** Returns Debezium's replication connection, which connects when it is first used. */
    ReplicationConnection replicationConnection(PostgresConnection metadata, PostgresSchema schema)
            throws SQLException {
        return ReplicationConnection.builder(forReplication())
                .withSlot(slotName())
                .withPublication(publicationName())
                .withTableFilter(getTableFilters())
                .withPublicationAutocreateMode(publicationAutocreateMode())
                .withPlugin(plugin())
                .dropSlotOnClose(dropSlotOnStop())
                .createFailOverSlot(createFailOverSlot())
                .streamParams(streamParams())
                .statusUpdateInterval(statusUpdateInterval())
                .withTypeRegistry(metadata.getTypeRegistry())
                .withSchema(schema)
                .jdbcMetadataConnection(metadata)
                .build();
    }

    /** Debezium runs no statements on its replication connection, so that asks for the settings when it begins. */
    private CaptureConfig forReplication() {
        return new CaptureConfig(raw, path, Set.of()) {
            @Override
            public JdbcConfiguration getJdbcConfig() {
                JdbcConfiguration jdbc = super.getJdbcConfig();
                String options = Objects.requireNonNullElse(jdbc.getString(PGProperty.OPTIONS.getName()), "");
                String decoding = SlotOptions.of(raw.asMap()).startupOptions();
                return JdbcConfiguration.adapt(jdbc.edit()
                        .with(PGProperty.OPTIONS.getName(), (options + " " + TextNotation.OPTIONS + decoding).strip())
                        .build());
            }
        };
    }

    /** The task's own channel is always open. */
    @Override
    public List<String> getEnabledChannels() {
        return Stream.concat(super.getEnabledChannels().stream(), Stream.of(ControlSignals.NAME))
                .toList();
    }
}
