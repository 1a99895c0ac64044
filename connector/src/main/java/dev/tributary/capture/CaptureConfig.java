// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.sql.SQLException;

/** Debezium's typed configuration, opened where its own task would reach into it. */
final class CaptureConfig extends PostgresConnectorConfig {

    CaptureConfig(Configuration config) {
        super(config);
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
