// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static java.util.Objects.requireNonNull;

import dev.tributary.capture.stream.LookupConnection;
import dev.tributary.postgres.ColumnType;
import dev.tributary.postgres.ColumnTypeQuery;
import dev.tributary.postgres.TableNameQuery;
import dev.tributary.row.KeyColumns;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresDefaultValueConverter;
import io.debezium.data.SpecialValueDecimal;
import io.debezium.jdbc.JdbcConfiguration;
import io.debezium.pipeline.source.snapshot.incremental.ChunkQueryBuilder;
import io.debezium.relational.Column;
import io.debezium.relational.ColumnEditor;
import io.debezium.relational.RelationalDatabaseConnectorConfig;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import io.debezium.relational.Tables.ColumnNameFilter;
import io.debezium.relational.Tables.TableFilter;
import io.debezium.spi.schema.DataCollectionId;
import java.math.BigDecimal;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Debezium's connection, which also describes tables, with the types of their columns looked up by OID. Debezium looks
 * up the name that the driver reports, first in the schema of the table.
 */
final class CaptureConnection extends LookupConnection {

    private static final Set<String> SERIAL = Set.of("serial", "smallserial", "bigserial");

    private static final ColumnTypeQuery.Columns NO_COLUMNS = new ColumnTypeQuery.Columns(0, Map.of());

    private final TypeCatalog types;
    private final PostgresValueConverter converter;
    private final CaptureDefaults defaults;

    /** The table that is being described, and its columns: the driver reports the columns of a table in a row. */
    private @Nullable TableId described;

    private ColumnTypeQuery.Columns columns = NO_COLUMNS;

    /** The table that one name means; null if each means what it says. */
    private @Nullable MeantTable meant;

    CaptureConnection(JdbcConfiguration jdbc, TypeCatalog types, PostgresValueConverterBuilder values) {
        super(surviving(jdbc), types, values, CONNECTION_GENERAL);
        this.types = types;
        this.converter = values.build(types);
        this.defaults = new CaptureDefaults(converter, getTimestampUtils(), types);
    }

    /**
     * A statement that fails must not end the transaction: an ad hoc snapshot continues with the next table in it, and
     * with the next signal.
     */
    private static JdbcConfiguration surviving(JdbcConfiguration jdbc) {
        return JdbcConfiguration.adapt(jdbc.edit()
                .with(PGProperty.AUTOSAVE.getName(), "always")
                // Otherwise the savepoints of a long transaction add up on the server.
                .with(PGProperty.CLEANUP_SAVEPOINTS.getName(), "true")
                .build());
    }

    /**
     * Binds a value of a key as a text, whose type the server takes from the column that it is compared with. Only the
     * driver can write all dates: the text of an infinite one, or of one before Christ, is another day.
     */
    @Override
    public void setQueryColumnValue(PreparedStatement statement, Column column, int place, @Nullable Object value)
            throws SQLException {
        if (value instanceof Date) {
            statement.setObject(place, value);
        } else {
            statement.setObject(place, value == null ? null : text(value), Types.OTHER);
        }
    }

    /** A value, as {@link #getColumnValue} returns it, in the notation of its type's input function. */
    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        } else if (value instanceof SpecialValueDecimal decimal) {
            return decimal.getDecimalValue().map(BigDecimal::toPlainString).orElseGet(decimal::toString);
        } else if (value instanceof BigDecimal money) {
            return money.toPlainString();
        }
        return value.toString();
    }

    @Override
    public PostgresDefaultValueConverter getDefaultValueConverter() {
        return defaults;
    }

    @Override
    public <T extends DataCollectionId> ChunkQueryBuilder<T> chunkQueryBuilder(
            RelationalDatabaseConnectorConfig config) {
        return new KeyedChunks<>(
                config,
                this,
                new KeyColumns((PostgresConnectorConfig) config),
                column -> !types.get(column.nativeType()).isArrayType() && converter.schemaBuilder(column) != null);
    }

    /** Reads tables from the catalog; the schema of an enum contains its labels as they are now. */
    @Override
    public void readSchema(
            Tables tables,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable TableFilter filter,
            @Nullable ColumnNameFilter columnFilter,
            boolean removeOthers)
            throws SQLException {
        types.refreshEnums(connection());
        super.readSchema(tables, catalog, schema, filter, columnFilter, removeOthers);
    }

    @Override
    protected Map<TableId, List<Column>> getColumnsDetails(
            String catalog,
            String schema,
            String table,
            TableFilter tables,
            ColumnNameFilter filter,
            DatabaseMetaData metadata,
            Set<TableId> views,
            boolean throwOnCaseInsensitiveColumnMismatch)
            throws SQLException {
        described = null;
        return super.getColumnsDetails(
                catalog, schema, table, tables, filter, metadata, views, throwOnCaseInsensitiveColumnMismatch);
    }

    @Override
    public void means(@Nullable TableId name, long oid, Map<String, Integer> columns) {
        meant = name == null ? null : new MeantTable(name, oid, columns);
    }

    /** What to look up for a table. */
    private TableId called(TableId table) throws SQLException {
        if (meant == null || !meant.isMeantBy(table)) {
            return table;
        }
        if (meant.called() == null) {
            describe(table);
            meant.find(connection(), columns.table());
        }
        return requireNonNull(meant.called());
    }

    /** Whether a column that was found counts. */
    private boolean counts(String column) {
        return meant == null || meant.has(column, columns.types().get(column));
    }

    /** The columns of a key that was found, or none; Debezium changes the list. */
    private List<String> keyOf(TableId table, List<String> found) {
        boolean isKey =
                meant == null || !meant.isMeantBy(table) || found.stream().allMatch(this::counts);
        return isKey ? found : new ArrayList<>();
    }

    @Override
    public boolean exists(long oid) throws SQLException {
        return TableNameQuery.read(connection(), oid).isPresent();
    }

    @Override
    public List<String> readPrimaryKeyNames(DatabaseMetaData metadata, TableId table) throws SQLException {
        return keyOf(table, super.readPrimaryKeyNames(metadata, called(table)));
    }

    @Override
    public List<String> readTableUniqueIndices(DatabaseMetaData metadata, TableId table) throws SQLException {
        return keyOf(table, super.readTableUniqueIndices(metadata, called(table)));
    }

    @Override
    public List<Column> getTableColumnsForDecoder(TableId table, ColumnNameFilter filter) throws SQLException {
        TableId called = called(table);
        if (!called.equals(described)) {
            describe(called);
        }
        Set<String> names = new HashSet<>();
        for (String column : columns.types().keySet()) {
            if (counts(column) && !names.add(column.toLowerCase(Locale.ROOT))) {
                throw new DebeziumException("Table " + table + " has columns whose names differ only by case, "
                        + column + " among them. Debezium's model of tables cannot tell them apart, so no change of"
                        + " the table can be sent, and the stream stops before the first one. To continue, drop"
                        + " the new column, or take the table out of the publication");
            }
        }
        // The filter knows the table by the name that it had.
        return super.getTableColumnsForDecoder(
                called,
                (catalog, schema, now, column) ->
                        counts(column) && filter.matches(table.catalog(), table.schema(), table.table(), column));
    }

    @Override
    public Optional<Column> readColumnForDecoder(ResultSet column, TableId table, ColumnNameFilter filter)
            throws SQLException {
        return readTableColumn(column, table, filter).map(ColumnEditor::create);
    }

    @Override
    protected Optional<ColumnEditor> readTableColumn(ResultSet column, TableId table, ColumnNameFilter filter)
            throws SQLException {
        Optional<ColumnEditor> read = super.readTableColumn(column, table, filter);
        if (read.isPresent()) {
            if (!table.equals(described)) {
                describe(table);
            }
            ColumnType type = columns.types().get(read.get().name());
            if (type != null) {
                set(read.get(), types.get(type.oid()), column.getString("COLUMN_DEF"));
                read.get().optional(read.get().isOptional() || type.unvalidated());
            }
        }
        return read;
    }

    private void describe(TableId table) throws SQLException {
        columns = ColumnTypeQuery.read(connection(), table.schema(), table.table());
        described = table;
    }

    private void set(ColumnEditor column, PostgresType type, @Nullable String expression) {
        if (!SERIAL.contains(column.typeName())) {
            column.type(type.getName());
        }
        column.nativeType(type.getRootType().getOid());
        column.jdbcType(type.getRootType().getJdbcId());
        if (type.getJdbcId() == TypeRegistry.DOMAIN_TYPE) {
            column.length(type.getDefaultLength());
            column.scale(type.getDefaultScale());
        }
        if (expression != null
                && (type.isEnumType() || getDefaultValueConverter().supportConversion(type.getName()))) {
            column.defaultValueExpression(expression);
        } else {
            column.unsetDefaultValueExpression();
        }
    }

    /** Every name is quoted in the query that reads columns of a row again. */
    @Override
    public boolean reselectColumns(
            Table table,
            List<String> columns,
            List<String> keyColumns,
            List<Object> keyValues,
            Struct source,
            ResultSetConsumer resultConsumer)
            throws SQLException {
        List<String> conditions = new ArrayList<>();
        for (String key : keyColumns) {
            Column column = table.columnWithName(key);
            String type = getTypeRegistry().get(column.nativeType()).getName();
            conditions.add(quoteIdentifier(key) + "=?::" + quoteIdentifier(type));
        }
        String query = columns.stream().map(this::quoteIdentifier).collect(Collectors.joining(",", "SELECT ", " FROM "))
                + quotedTableIdString(table.id()) + " WHERE " + String.join(" AND ", conditions);
        return reselectColumns(query, table.id(), columns, keyValues, resultConsumer);
    }
}
