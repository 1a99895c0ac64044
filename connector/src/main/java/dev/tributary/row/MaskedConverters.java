// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.relational.Column;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableId;
import io.debezium.relational.ValueConverter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The converters of columns for those who read values from the database on their own, such as Debezium's
 * {@code ReselectColumnsPostProcessor}: the user's converters, and one that ends with the mask for each column that
 * options mask. Otherwise a value that is read again would be sent as it is.
 */
public final class MaskedConverters extends CustomConverterRegistry {

    private final CustomConverterRegistry custom;
    private final PostgresValueConverter values;
    private final ColumnMasks masks;

    /**
     * @param config the connector's configuration
     * @param custom the user's converters
     * @param values the converters of the other columns
     */
    public MaskedConverters(
            PostgresConnectorConfig config, CustomConverterRegistry custom, PostgresValueConverter values) {
        super(List.of());
        this.custom = custom;
        this.values = values;
        this.masks = new ColumnMasks(config);
    }

    @Override
    public Optional<ValueConverter> getValueConverter(TableId table, Column column) {
        Optional<ValueConverter> users = custom.getValueConverter(table, column);
        ValueConverter mask = masks.converter(table, column);
        return mask == null
                ? users
                : Optional.of(users.orElseGet(() -> values.converter(column, field(column)))
                        .and(mask));
    }

    private Field field(Column column) {
        SchemaBuilder schema = values.schemaBuilder(column);
        return new Field(column.name(), 0, column.isOptional() ? schema.optional() : schema);
    }

    @Override
    public synchronized Optional<SchemaBuilder> registerConverterFor(
            TableId table, Column column, Object defaultValue) {
        return custom.registerConverterFor(table, column, defaultValue);
    }

    @Override
    public boolean isEmpty() {
        return custom.isEmpty();
    }
}
