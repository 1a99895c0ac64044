// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.PostgresTaskContext;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.PostgresDefaultValueConverter;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableId;
import io.debezium.schema.DataCollectionSchema;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/** Debezium's schema of the captured tables; it can also read a table that it has not seen before from the catalog. */
public final class CaptureSchema extends PostgresSchema {

    public CaptureSchema(
            PostgresTaskContext taskContext,
            PostgresDefaultValueConverter defaults,
            TopicNamingStrategy<TableId> topics,
            PostgresValueConverter values,
            CustomConverterRegistry customConverters) {
        super(taskContext, defaults, topics, values, customConverters);
    }

    /** Reads every captured table from the catalog. */
    public void refreshAll(PostgresConnection connection) {
        try {
            super.refresh(connection, true);
        } catch (SQLException e) {
            throw new ConnectException("Cannot read the captured tables", e);
        }
    }

    /** Reads a table from the catalog; empty if it no longer exists. */
    public Optional<DataCollectionSchema> refresh(PostgresConnection connection, TableId table) {
        try {
            super.refresh(connection, table, false);
        } catch (SQLException e) {
            throw new ConnectException("Cannot read the columns of " + table, e);
        }
        return Optional.ofNullable(schemaFor(table));
    }
}
