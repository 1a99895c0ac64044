// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.CaptureParts;
import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.MoneyLocale;
import dev.tributary.postgres.TableName;
import dev.tributary.record.Envelopes;
import dev.tributary.record.EventBlocks;
import dev.tributary.record.TableRecords;
import dev.tributary.row.KeyColumns;
import io.debezium.DebeziumException;
import io.debezium.connector.SnapshotRecord;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.processors.PostProcessorRegistry;
import io.debezium.processors.spi.PostProcessor;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.spi.schema.DataCollectionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decides for each table which query reads it and how its records are made. */
public final class TableSources {

    private final SnapshotSetup setup;
    private final Map<TableId, TableStructure> structures;
    private final SnapshotMoment moment;
    private final Map<DataCollectionId, String> overrides;
    private final ColumnLookup lookup;

    /**
     * @param structures the structures of the tables
     * @param overrides the user's SELECTs: {@code snapshot.select.statement.overrides}
     * @param lookup looks up the columns of a SELECT
     */
    public TableSources(
            SnapshotSetup setup,
            Map<TableId, TableStructure> structures,
            SnapshotMoment moment,
            Map<DataCollectionId, String> overrides,
            ColumnLookup lookup) {
        this.setup = setup;
        this.structures = structures;
        this.moment = moment;
        this.overrides = overrides;
        this.lookup = lookup;
    }

    /** Looks up which columns a SELECT has. */
    @FunctionalInterface
    public interface ColumnLookup {
        Set<String> columns(String select) throws SQLException, InterruptedException;
    }

    /** Returns how to read a table; empty if it must not be read. */
    public Optional<TableSource> of(SnapshotPlan.Entry entry) throws SQLException, InterruptedException {
        TableId id = entry.id();
        TableStructure structure = structures.get(id);
        if (structure == null) {
            return Optional.empty();
        }
        Table table = structure.table();
        Optional<SnapshotQuery> query = query(entry, table);
        if (query.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TableSource(
                id,
                entry.storage().table(),
                query.get(),
                entry.storage(),
                records(id, table, structure.schema()),
                table.columns().size()));
    }

    private Optional<SnapshotQuery> query(SnapshotPlan.Entry entry, Table table)
            throws SQLException, InterruptedException {
        List<String> columns = table.retrieveColumnNames();
        String override = override(entry.id());
        if (override != null) {
            return Optional.of(selected(table, override));
        }
        TableName name = entry.storage().table();
        Predicate<String> captured = captured(table, columns);
        List<String> quoted = columns.stream()
                .filter(captured)
                .map(setup.connection()::quoteIdentifier)
                .toList();
        String plain =
                "SELECT " + String.join(", ", quoted) + " FROM " + entry.id().toDoubleQuotedString();
        Optional<String> select =
                setup.snapshots().getSnapshotQuery().snapshotQuery(entry.id().toDoubleQuotedString(), quoted);
        if (select.isEmpty() || select.get().equals(plain)) {
            boolean byBlocks = entry.storage().addressable();
            return select.map(any -> SnapshotQuery.of(name, columns, captured, byBlocks));
        }
        return Optional.of(selected(table, select.get()));
    }

    /** If all columns are excluded, Debezium reads all of them. */
    private Predicate<String> captured(Table table, List<String> columns) {
        TableId id = table.id();
        Predicate<String> included =
                column -> setup.config().getColumnFilter().matches(id.catalog(), id.schema(), id.table(), column);
        return columns.stream().anyMatch(included)
                ? new KeyColumns(setup.config()).and(table, included)
                : column -> true;
    }

    private @Nullable String override(TableId id) {
        String select = overrides.get(id);
        return select == null ? overrides.get(new TableId(null, id.schema(), id.table())) : select;
    }

    private SnapshotQuery selected(Table table, String select) throws SQLException, InterruptedException {
        List<String> columns = table.retrieveColumnNames();
        UnaryOperator<String> sql = column -> Amounts.sql(
                Identifier.quote(column),
                table.columnWithName(column),
                setup.connection().getTypeRegistry());
        SnapshotQuery any = SnapshotQuery.of(select, columns, column -> true, sql);
        Set<String> selected = lookup.columns("SELECT * FROM " + any.from());
        List<String> missing = new KeyColumns(setup.config())
                .of(table).stream()
                        .map(Column::name)
                        .filter(key -> !selected.contains(key))
                        .toList();
        if (!missing.isEmpty()) {
            throw new DebeziumException("The SELECT that reads " + table.id() + " in a snapshot lacks "
                    + String.join(", ", missing) + ", which the key of its records consists of. Without it all rows"
                    + " would have the same key, and a compacted topic would keep one of them. Nothing of the table"
                    + " was sent. Add it to the SELECT (snapshot.select.statement.overrides." + table.id()
                    + "), or choose a key with message.key.columns");
        }
        return SnapshotQuery.of(select, columns, selected::contains, sql);
    }

    /** Returns the names of the columns of a SELECT of the user's. */
    public static Set<String> columns(Connection connection, String select) throws SQLException {
        Set<String> columns = new HashSet<>();
        MoneyLocale.ofDatabase(connection);
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            ResultSetMetaData result = statement.getMetaData();
            for (int i = 1; i <= result.getColumnCount(); i++) {
                columns.add(result.getColumnName(i));
            }
        }
        MoneyLocale.ofConnector(connection);
        return columns;
    }

    private RowRecords records(TableId id, Table table, TableSchema schema) {
        PostgresOffsetContext offset = moment.offset();
        offset.event(id, moment.taken());
        offset.markSnapshotRecord(SnapshotRecord.TRUE);
        CaptureParts parts = setup.parts();
        Map<String, Object> common = new HashMap<>(offset.getOffset());
        common.putAll(parts.point().serverEntries());
        common.putAll(parts.schema().offsetEntries());
        Envelopes envelopes = Envelopes.of(schema.getEnvelopeSchema().schema())
                .orElseThrow(() -> new DebeziumException("The envelope of " + id + " has an unknown field"));
        String topic = parts.dispatcher().topic(id);
        TableRecords<RowMark> records = new TableRecords<>(
                moment.partition().getSourcePartition(),
                topic,
                schema.keySchema(),
                envelopes,
                new EventBlocks<>(offset.getSourceInfo(), RowMark.SOURCE_FIELDS),
                parts.dispatcher().context(),
                parts.events().table(id.identifier(), topic, TableRecords.columns(schema.keySchema())));
        return new RowRecords(
                records,
                parts.compiler().values(table, schema),
                parts.compiler().keys(table, schema).orElse(null),
                common,
                moment.always(),
                parts.timestamps().of(moment.taken().toEpochMilli()),
                processing());
    }

    private RowRecords.PostProcessing processing() {
        PostProcessorRegistry registry = setup.config().getServiceRegistry().tryGetService(PostProcessorRegistry.class);
        if (registry == null || registry.getProcessors().isEmpty()) {
            return RowRecords.PostProcessing.NONE;
        }
        return (key, envelope) -> {
            for (PostProcessor processor : registry.getProcessors()) {
                processor.apply(key, envelope);
            }
            return envelope;
        };
    }
}
