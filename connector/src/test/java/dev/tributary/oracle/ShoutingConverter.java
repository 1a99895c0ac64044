// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;

/** A custom converter: it converts all columns of two types, one of which Debezium can convert itself. */
public final class ShoutingConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {

    @Override
    public void configure(Properties properties) {}

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        switch (column.typeName()) {
            case "text", "mood" ->
                registration.register(
                        SchemaBuilder.string().optional().name("shout"),
                        value -> value == null ? null : value.toString().toUpperCase(Locale.ROOT) + "!");
            case "timestamptz", "int4" ->
                registration.register(
                        SchemaBuilder.string().optional().doc(column.name()),
                        value -> value == null ? "absent" : value.getClass().getSimpleName() + " " + value);
            default -> {
                // Debezium converts the others.
            }
        }
    }
}
