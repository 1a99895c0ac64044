// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.StreamSetup;
import dev.tributary.config.CapturePath;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.jdbc.JdbcConfiguration;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Debezium's typed configuration, opened where its own task would reach into it. */
final class CaptureConfig extends PostgresConnectorConfig {

    /** How long Debezium's stream rests when nothing arrives; by default it would be half a second. */
    private static final Duration REST = Duration.ofMillis(5);

    private final CapturePath path;

    CaptureConfig(Configuration config, CapturePath path) {
        super(config);
        this.path = path;
    }

    /**
     * The rest of Debezium's stream, which this is asked for by nobody else: how long a poll may wait is the arrival queue's
     * to say.
     */
    @Override
    public Duration getPollInterval() {
        Duration configured = super.getPollInterval();
        return configured.compareTo(REST) < 0 ? configured : REST;
    }

    /**
     * The database and the role may have settings of their own, and the text of a value is in the notation that its session is
     * set to. Dates and zones are the driver's to set.
     */
    @Override
    public JdbcConfiguration getJdbcConfig() {
        JdbcConfiguration configured = super.getJdbcConfig();
        String statements = configured.getString(JdbcConfiguration.ON_CONNECT_STATEMENTS);
        return JdbcConfiguration.adapt(configured
                .edit()
                .with(
                        JdbcConfiguration.ON_CONNECT_STATEMENTS,
                        StreamSetup.Transport.NOTATION + Objects.requireNonNullElse(statements, ""))
                .build());
    }

    /** How the server is reached for streaming. */
    StreamSetup.Transport transport() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : Objects.requireNonNullElse(streamParams(), "").split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals).strip(),
                        parameter.substring(equals + 1).strip());
            }
        }
        return new StreamSetup.Transport(
                getJdbcConfig(),
                statusUpdateInterval().toMillis(),
                parameters,
                xminFetchInterval().toMillis());
    }

    /**
     * What Debezium's own snapshot source is told. Its threads do not see the database at the same moment where the slot is an
     * older one, as it is for a snapshot that a signal asks for; ours do.
     */
    @Override
    public int getSnapshotMaxThreads() {
        return path == CapturePath.DEBEZIUM ? snapshotReaders() : 1;
    }

    /** How many connections read a snapshot: {@code snapshot.max.threads}. */
    int snapshotReaders() {
        return super.getSnapshotMaxThreads();
    }

    /** The converters of values, as the options want them. */
    CaptureValues values(Charset charset, TypeRegistry types) {
        return new CaptureValues(
                this,
                new CaptureValues.Choices(
                        intervalHandlingMode(), hStoreHandlingMode(), includeUnknownDatatypes(), moneyFractionDigits()),
                charset,
                types);
    }

    boolean includesUnknownDatatypes() {
        return includeUnknownDatatypes();
    }

    /** Opens no connection yet: the replication connection connects when it is first used. */
    ReplicationConnection replicationConnection(PostgresConnection metadata, PostgresSchema schema)
            throws SQLException {
        return ReplicationConnection.builder(this)
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
}
