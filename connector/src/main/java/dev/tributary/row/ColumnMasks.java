// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables.ColumnNameFilter;
import io.debezium.relational.ValueConverter;
import io.debezium.relational.mapping.ColumnMapper;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.schema.FieldNameSelector.FieldNamer;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What the options do to the values and schemas of columns: hash, mask, truncate, describe the type.
 *
 * <p>All options that match a column apply to it. Debezium applies the first one only, so that a hash is lost if the
 * type is described as well. An option that is meant to hide values never does nothing in silence.
 */
public final class ColumnMasks {

    /** The types whose values Debezium hashes and masks; it sends others as they are. */
    private static final Set<Integer> TEXTS = Set.of(Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR);

    private final List<Rule> rules = new ArrayList<>();

    /**
     * One option.
     *
     * @param name its name, without a salt
     * @param mappers what it does to the columns that it matches
     */
    private record Rule(MaskOption option, String name, ColumnMappers mappers) {

        @Nullable
        ColumnMapper of(TableId table, Column column) {
            return mappers.mapperFor(table, column);
        }

        boolean leaves(TableId table, Column column) {
            return option.hides() && !TEXTS.contains(column.jdbcType()) && of(table, column) != null;
        }

        /** Whether it is a truncation, and the values are neither texts nor bytes. */
        boolean leavesWhole(TableId table, Column column, Schema values) {
            return option == MaskOption.TRUNCATE
                    && !(values.type() == Schema.Type.STRING
                            || (values.type() == Schema.Type.BYTES && values.name() == null))
                    && of(table, column) != null;
        }
    }

    @SuppressWarnings("deprecation") // the only access to options whose names are patterns
    public ColumnMasks(PostgresConnectorConfig config) {
        Map<String, String> options = new TreeMap<>(config.getConfig().asMap());
        for (MaskOption option : MaskOption.values()) {
            options.forEach((name, columns) -> {
                Matcher matcher = option.matcher(name);
                if (matcher.matches()) {
                    ColumnMappers.Builder builder = new ColumnMappers.Builder(config.getTableIdMapper());
                    option.add(builder, columns, matcher);
                    rules.add(new Rule(option, MaskOption.withoutSalt(name), builder.build()));
                }
            });
        }
    }

    /** The same for Debezium, which applies it to the columns of one table; empty if no option matches any. */
    public Optional<ColumnMappers> of(Table table) {
        boolean none = table.columns().stream()
                .noneMatch(column -> mappers(table.id(), column).findAny().isPresent());
        return none
                ? Optional.empty()
                : Optional.of(
                        ColumnMappers.build().map("(?s).*", all(table.id())).build());
    }

    private ColumnMapper all(TableId table) {
        return new ColumnMapper() {
            @Override
            public @Nullable ValueConverter create(Column column) {
                return converter(table, column);
            }

            @Override
            public void alterFieldSchema(Column column, SchemaBuilder schema) {
                mappers(table, column).forEach(mapper -> mapper.alterFieldSchema(column, schema));
            }
        };
    }

    /** Changes the values of a column; null if no option does. Safe for use by several threads. */
    @SuppressWarnings("ThreadLocalUsage") // lives as long as the codec of the column
    public @Nullable ValueConverter converter(TableId table, Column column) {
        if (create(table, column).isEmpty()) {
            return null;
        }
        // A hash is computed in an object of its converter.
        ThreadLocal<List<ValueConverter>> converters = ThreadLocal.withInitial(() -> create(table, column));
        return value -> {
            Object changed = value;
            for (ValueConverter converter : converters.get()) {
                changed = converter.convert(changed);
            }
            return withoutHalfCharacter(changed);
        };
    }

    private List<ValueConverter> create(TableId table, Column column) {
        return mappers(table, column)
                .map(mapper -> mapper.create(column))
                .filter(Objects::nonNull)
                .toList();
    }

    private Stream<ColumnMapper> mappers(TableId table, Column column) {
        return rules.stream().map(rule -> rule.of(table, column)).filter(Objects::nonNull);
    }

    /** Debezium truncates between the two halves of a character, such as an emoji. */
    private static @Nullable Object withoutHalfCharacter(@Nullable Object value) {
        if (value instanceof String text
                && !text.isEmpty()
                && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
            return text.substring(0, text.length() - 1);
        }
        return value;
    }

    /**
     * Makes sure that each option that is meant to hide values of a table does so.
     *
     * @param captured the columns that are sent
     * @throws DebeziumException if one would leave the values of a column as they are
     */
    public void assertEffective(Table table, ColumnNameFilter captured) {
        for (Rule rule : rules) {
            for (Column column : table.columns()) {
                TableId id = table.id();
                if (rule.leaves(id, column) && captured.matches(id.catalog(), id.schema(), id.table(), column.name())) {
                    throw new DebeziumException(rule.name() + " matches " + id + "." + column.name()
                            + ", which is of type " + column.typeName() + ", but Debezium's masks and hashes change"
                            + " only text (text, varchar, char) and enums. The values would be sent as they are, so"
                            + " nothing is sent. Exclude the column with column.exclude.list, or take it out of the"
                            + " option and mask it with the transform MaskFields");
                }
            }
        }
    }

    /**
     * Makes sure that each truncation cuts the values of a table. Which values it can cut depends on their schema: a
     * numeric, for example, is a text only if an option says so.
     *
     * @param row the schema of its rows
     * @param names the names of their fields
     * @throws DebeziumException if one would leave the values of a column as they are
     */
    public void assertCutting(Table table, @Nullable Schema row, FieldNamer<Column> names) {
        for (Rule rule : rules) {
            for (Column column : table.columns()) {
                Field field = row == null ? null : row.field(names.fieldNameFor(column));
                if (field != null && rule.leavesWhole(table.id(), column, field.schema())) {
                    throw new DebeziumException(rule.name() + " matches " + table.id() + "." + column.name()
                            + ", which is of type " + column.typeName() + ", but only values that are sent as text or"
                            + " bytes can be cut off. The values would be sent whole, so nothing is sent. Exclude the"
                            + " column with column.exclude.list, or take it out of the option");
                }
            }
        }
    }
}
