// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.StartingPoint;
import dev.tributary.position.StoredOffset;
import dev.tributary.row.ColumnMasks;
import io.debezium.DebeziumException;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
    private final ColumnGuard hidden;
    private final Consumer<Throwable> failures;
    private final PostgresConnection catalog;
    private final Map<TableId, TableSchema> masked = new ConcurrentHashMap<>();

    /** What {@link #offsetEntries} returned last. */
    private volatile Map<String, String> entries = Map.of();

    /** What the stream has described, and no change has referred to since, by the oids of tables. */
    private final Map<Integer, Table> unchecked = new ConcurrentHashMap<>();

    /**
     * @param hidden what options hide, and must not be sent under another name
     * @param failures ends capturing if it would be
     * @param catalog in autocommit, to look up what the stream describes
     */
    public CaptureSchema(
            PostgresTaskContext taskContext,
            PostgresDefaultValueConverter defaults,
            TopicNamingStrategy<TableId> topics,
            PostgresValueConverter values,
            CustomConverterRegistry customConverters,
            ColumnGuard hidden,
            Consumer<Throwable> failures,
            PostgresConnection catalog) {
        super(taskContext, defaults, topics, values, customConverters);
        this.config = taskContext.getConfig();
        this.topics = topics;
        this.masks = new ColumnMasks(config);
        this.catalog = catalog;
        this.hidden = hidden;
        this.failures = failures;
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
        mappers.ifPresent(all -> {
            TableSchema schema = builder.create(topics, table, config.getColumnFilter(), all, config.getKeyMapper());
            masks.assertCutting(table, schema.valueSchema(), config.getFieldNamer());
            masked.put(table.id(), schema);
        });
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

    /**
     * The entries of each offset with what the schema must know at the next start: the same instance as long as they
     * stay the same.
     */
    public Map<String, String> offsetEntries() {
        String text = hidden.text();
        Map<String, String> known = entries;
        if (!text.equals(known.getOrDefault(StoredOffset.HIDDEN_COLUMNS, ""))) {
            known = text.isEmpty() ? Map.of() : Map.of(StoredOffset.HIDDEN_COLUMNS, text);
            entries = known;
        }
        return known;
    }

    /** Reads what an offset says, if it is from the same server: another one has other numbers. */
    public void restore(StartingPoint point) {
        point.stored()
                .filter(offset -> Objects.equals(
                        offset.values().get(ServerTimeline.SYSTEM_ID),
                        point.serverEntries().get(ServerTimeline.SYSTEM_ID)))
                .ifPresent(this::restore);
    }

    private void restore(StoredOffset offset) {
        Object names = offset.values().get(StoredOffset.HIDDEN_COLUMNS);
        if (names != null) {
            hidden.restore(names.toString(), offset.committed().map(Lsn::value).orElse(0L));
        }
    }

    /** Reads every captured table from the catalog. */
    public void refreshAll(PostgresConnection connection) {
        try {
            refresh(connection, true);
        } catch (SQLException e) {
            throw new ConnectException("Cannot read the captured tables", e);
        }
    }

    /** Debezium's stream calls this at its start. */
    @Override
    protected PostgresSchema refresh(PostgresConnection connection, boolean printReplicaIdentityInfo)
            throws SQLException {
        PostgresSchema refreshed = super.refresh(connection, printReplicaIdentityInfo);
        hidden.note(
                connection.connection(),
                tableIds().stream()
                        .map(this::tableFor)
                        .collect(Collectors.toMap(Table::id, Table::retrieveColumnNames)));
        return refreshed;
    }

    /** Reads a table from the catalog, so that its rows can be read; empty if it no longer exists. */
    public Optional<DataCollectionSchema> refresh(PostgresConnection connection, TableId table) {
        try {
            assertHidden(connection, List.of(table));
            super.refresh(connection, table, false);
        } catch (SQLException e) {
            throw new ConnectException("Cannot read the columns of " + table, e);
        }
        return Optional.ofNullable(schemaFor(table));
    }

    @Override
    protected void refreshFromIncrementalSnapshot(PostgresConnection connection, TableId table) throws SQLException {
        assertHidden(connection, List.of(table));
        super.refreshFromIncrementalSnapshot(connection, table);
    }

    /**
     * Makes sure that the rows of tables can be read, and no option fails to hide a value because of its name. Ends
     * capturing otherwise: Debezium does no more than log the failure of a snapshot that a signal has requested.
     *
     * @throws DebeziumException if one would
     */
    public void assertHidden(PostgresConnection connection, Collection<TableId> tables) throws SQLException {
        try {
            hidden.assertReadable(connection.connection(), tables);
        } catch (DebeziumException e) {
            failures.accept(e);
            throw e;
        }
    }

    @Override
    public void applySchemaChangesForTable(int relation, Table table) {
        if (getTableFilter().isIncluded(table.id())) {
            unchecked.put(relation, table);
        } else {
            unchecked.remove(relation);
        }
        super.applySchemaChangesForTable(relation, table);
    }

    /** Debezium's decoder calls this for each change. */
    @Override
    public @Nullable Table tableFor(int relation) {
        assertStreamable(relation);
        return super.tableFor(relation);
    }

    /** Returns a table that the stream has described; null if it is not captured. */
    @Nullable
    Table described(int relation) {
        return super.tableFor(relation);
    }

    /**
     * Makes sure that changes can be sent that refer to a table. The server also describes tables that no change refers
     * to: partitions whose changes are published as those of their root.
     *
     * @throws DebeziumException if an option would fail to hide a value because of its name
     */
    void assertStreamable(int relation) {
        Table table = unchecked.get(relation);
        if (table != null) {
            try {
                hidden.assertStreamable(
                        catalog.connection(),
                        Integer.toUnsignedLong(relation),
                        table.id(),
                        table.retrieveColumnNames());
            } catch (SQLException e) {
                throw new ConnectException("Cannot look up the columns of " + table.id(), e);
            }
            unchecked.remove(relation);
        }
    }
}
