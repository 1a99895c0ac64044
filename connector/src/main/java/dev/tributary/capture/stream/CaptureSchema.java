// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.ColumnMasks;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.PostgresTaskContext;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.PostgresDefaultValueConverter;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.schema.DataCollectionSchema;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's schema of the captured tables; it can also read a table that it has not seen before from the catalog. If
 * options mask or describe columns of a table, its schema is made here, because Debezium applies one of them only.
 */
public final class CaptureSchema extends PostgresSchema {

    private final PostgresConnectorConfig config;
    private final TopicNamingStrategy<TableId> topics;
    private final TableSchemaBuilder builder;
    private final ColumnMasks masks;
    private final Map<TableId, TableSchema> masked = new ConcurrentHashMap<>();

    public CaptureSchema(
            PostgresTaskContext taskContext,
            PostgresDefaultValueConverter defaults,
            TopicNamingStrategy<TableId> topics,
            PostgresValueConverter values,
            CustomConverterRegistry customConverters) {
        super(taskContext, defaults, topics, values, customConverters);
        this.config = taskContext.getConfig();
        this.topics = topics;
        this.masks = new ColumnMasks(config);
        this.builder = new TableSchemaBuilder(
                values,
                defaults,
                config.schemaNameAdjuster(),
                customConverters,
                config.getSourceInfoStructMaker().schema(),
                config.getFieldNamer(),
                false,
                config.getEventConvertingFailureHandlingMode());
    }

    /** The schema that masks is there before Debezium's is replaced: another thread may read a row meanwhile. */
    @Override
    protected void buildAndRegisterSchema(Table table) {
        Optional<ColumnMappers> mappers = Optional.empty();
        if (getTableFilter().isIncluded(table.id())) {
            masks.assertEffective(table, config.getColumnFilter());
            mappers = masks.of(table);
        }
        mappers.ifPresent(all -> masked.put(
                table.id(), builder.create(topics, table, config.getColumnFilter(), all, config.getKeyMapper())));
        super.buildAndRegisterSchema(table);
        if (mappers.isEmpty()) {
            masked.remove(table.id());
        }
    }

    @Override
    public @Nullable TableSchema schemaFor(@Nullable TableId id) {
        TableSchema schema = id == null ? null : masked.get(id);
        return schema == null ? super.schemaFor(id) : schema;
    }

    @Override
    protected void clearSchemas() {
        super.clearSchemas();
        masked.clear();
    }

    @Override
    protected void removeSchema(TableId id) {
        super.removeSchema(id);
        masked.remove(id);
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
