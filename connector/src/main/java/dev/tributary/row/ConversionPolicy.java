// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.DebeziumException;
import io.debezium.config.CommonConnectorConfig.EventConvertingFailureHandlingMode;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.relational.Column;
import io.debezium.relational.TableId;
import io.debezium.relational.ValueConverter;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles values that cannot be converted, as {@code event.converting.failure.handling.mode} says. */
final class ConversionPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(ConversionPolicy.class);

    private final EventConvertingFailureHandlingMode mode;
    private final TableId table;
    private final Column column;
    private final Field field;

    ConversionPolicy(PostgresConnectorConfig config, TableId table, Column column, Field field) {
        this.mode = config.getEventConvertingFailureHandlingMode();
        this.table = table;
        this.column = column;
        this.field = field;
    }

    /** A converter that throws or returns null on failure, as the mode says; no message contains the value. */
    ValueConverter guard(ValueConverter converter) {
        return value -> {
            try {
                Object converted = converter.convert(value);
                ConnectSchema.validateValue(field.name(), field.schema(), converted);
                return converted;
            } catch (RuntimeException e) {
                return failed(e);
            }
        };
    }

    private @Nullable Object failed(RuntimeException e) {
        String what = "Failed to properly convert data value for '" + table + "." + column.name() + "' of type "
                + column.typeName();
        switch (mode) {
            case FAIL -> throw new DebeziumException(what, e);
            case WARN ->
                LOG.warn("{}; null is sent instead ({})", what, e.getClass().getName());
            case SKIP -> LOG.debug("{}; null is sent instead", what);
        }
        return null;
    }
}
