// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.relational.Column;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.ValueConverter;
import io.debezium.schema.FieldNameSelector;
import io.debezium.schema.FieldNameSelector.FieldNamer;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the codecs of a table each time a relation message describes it.
 *
 * <p>The schema is Debezium's, and so is the exact way to read each column: its value resolver, then its value
 * converter or the user's, then the mask. A fast decoder is added only if no converter or mask of the user applies, and
 * only if it agrees with the exact decoder on sample texts, because only Debezium knows how its options change a type.
 */
public final class CodecCompiler {

    private final PostgresConnectorConfig config;
    private final PostgresValueConverter converters;
    private final @Nullable CustomConverterRegistry customConverters;
    private final TypeRegistry types;
    private final PgConnectionSupplier connection;
    private final boolean includeUnknown;
    private final TextResolver resolver;
    private final KeyColumns keyColumns;
    private final ColumnMasks masks;
    private final Placeholders placeholders;
    private final FieldNamer<Column> names;
    private final TopicNamingStrategy<TableId> topics;

    /**
     * @param config the connector's configuration
     * @param converters Debezium's value converters
     * @param customConverters the user's converters, if any
     * @param types the types of the database
     * @param connection connection needed to read some types, such as arrays
     * @param includeUnknown {@code include.unknown.datatypes}
     * @param topics names the topics; if tables share one, it adds a field to the keys that identifies the table
     */
    public CodecCompiler(
            PostgresConnectorConfig config,
            PostgresValueConverter converters,
            @Nullable CustomConverterRegistry customConverters,
            TypeRegistry types,
            PgConnectionSupplier connection,
            boolean includeUnknown,
            TopicNamingStrategy<TableId> topics) {
        this.config = config;
        this.converters = converters;
        this.customConverters = customConverters;
        this.types = types;
        this.connection = connection;
        this.includeUnknown = includeUnknown;
        this.resolver = new TextResolver(types, connection, includeUnknown);
        this.topics = topics;
        this.keyColumns = new KeyColumns(config);
        this.masks = new ColumnMasks(config);
        this.placeholders = Placeholders.of(config);
        this.names = FieldNameSelector.defaultSelector(config.fieldNameAdjuster());
    }

    /** The codec for the rows of a table. */
    public RowCodec values(Table table, TableSchema schema) {
        return compile(table, schema.valueSchema(), table.columns(), true, new Struct(schema.valueSchema()));
    }

    /** The codec for the keys of a table; empty if its records have none. */
    public Optional<RowCodec> keys(Table table, TableSchema schema) {
        return Optional.ofNullable(schema.keySchema())
                .map(keySchema -> compile(table, keySchema, keyColumns.of(table), false, added(table, keySchema)));
    }

    /** The columns that the keys of a table consist of; none if its records have no key. */
    public List<Column> keyColumns(Table table) {
        return keyColumns.of(table);
    }

    /** The fields of a key that do not come from a column; they are the same in every row of the table. */
    @SuppressWarnings("unchecked") // Debezium returns a raw type
    private Struct added(Table table, Schema keySchema) {
        Struct added = new Struct(keySchema);
        topics.keyValueAugment().augment(table.id(), keySchema, added);
        return added;
    }

    private RowCodec compile(Table table, Schema schema, List<Column> columns, boolean masked, Struct added) {
        List<RowCodec.Source> sources = new ArrayList<>();
        for (Field field : schema.fields()) {
            Object constant = added.getWithoutDefault(field.name());
            sources.add(
                    constant == null
                            ? source(table, columns, field, masked)
                            : new RowCodec.Source(0, ColumnCodec.always(constant)));
        }
        return new RowCodec(schema, sources);
    }

    private RowCodec.Source source(Table table, List<Column> columns, Field field, boolean masked) {
        Column column = columns.stream()
                .filter(candidate -> names.fieldNameFor(candidate).equals(field.name()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("Table " + table.id() + " has no column for field " + field.name()));
        return new RowCodec.Source(column.position() - 1, codec(table, column, field, masked));
    }

    private ColumnCodec codec(Table table, Column column, Field field, boolean masked) {
        Optional<ValueConverter> custom =
                customConverters == null ? Optional.empty() : customConverters.getValueConverter(table.id(), column);
        ValueConverter converter = custom.orElseGet(() -> converters.converter(column, field));
        ValueConverter mask = masked ? masks.converter(table.id(), column) : null;
        ConversionPolicy policy = new ConversionPolicy(config, table.id(), column, field);
        ValueConverter converted = mask == null ? converter : converter.and(mask);
        ValueConverter exact = policy.guard(converted);
        // The OID comes with the column; the name of a type is not unique, and may have changed since.
        PostgresType type = types.get(column.nativeType());
        ValueConverter ofText = policy.guard(text ->
                converted.convert(resolver.resolve(column.name(), type, column.typeExpression(), (String) text)));
        TextDecoder exactDecoder =
                (bytes, start, length) -> ofText.convert(new String(bytes, start, length, StandardCharsets.UTF_8));
        Object unchanged = new UnchangedToastedReplicationMessageColumn(
                        column.name(), type, column.typeExpression(), column.isOptional())
                .getValue(connection, includeUnknown);
        // It must be recognized to be read again, unless what is sent does not depend on the value.
        boolean readAgain =
                mask != null && custom.isEmpty() && placeholders.areReadAgain() && mask.convert(null) == null;
        ValueConverter ofUnchanged = policy.guard(marker -> {
            Object value = custom.isPresent()
                    ? converter.convert(marker)
                    : placeholders.of(column.isOptional(), field, () -> converter.convert(marker));
            return mask == null || readAgain ? value : mask.convert(value);
        });
        boolean plain = custom.isEmpty() && mask == null;
        return new ColumnCodec(
                plain ? FastDecoders.agreeing(type.getName(), field.schema(), exactDecoder) : TextDecoder.NONE,
                exactDecoder,
                () -> exact.convert(null),
                () -> ofUnchanged.convert(unchanged));
    }
}
