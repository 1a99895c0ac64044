// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableName;
import dev.tributary.record.Envelopes;
import io.debezium.DebeziumException;
import io.debezium.connector.SnapshotRecord;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.processors.PostProcessorRegistry;
import io.debezium.processors.spi.PostProcessor;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.spi.schema.DataCollectionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says for each table what is asked for, and what becomes of its rows. */
final class TableSources {

    private final SnapshotSetup setup;
    private final Map<TableId, TableStructures.Structure> structures;
    private final PostgresPartition partition;
    private final PostgresOffsetContext offset;
    private final Instant taken;
    private final Described described;
    private final Map<DataCollectionId, String> overrides;
    private final Map<String, String> note;

    /**
     * @param structures what the tables look like
     * @param offset the snapshot's, with its position
     * @param taken when the snapshot was taken
     * @param described asks for the columns of a SELECT
     * @param overrides the user's SELECTs: {@code snapshot.select.statement.overrides}
     * @param note what offsets have to say beside how far the snapshot is
     */
    TableSources(
            SnapshotSetup setup,
            Map<TableId, TableStructures.Structure> structures,
            PostgresPartition partition,
            PostgresOffsetContext offset,
            Instant taken,
            Described described,
            Map<DataCollectionId, String> overrides,
            Map<String, String> note) {
        this.setup = setup;
        this.structures = structures;
        this.partition = partition;
        this.offset = offset;
        this.taken = taken;
        this.described = described;
        this.overrides = overrides;
        this.note = note;
    }

    /** Tells what columns a SELECT has. */
    @FunctionalInterface
    interface Described {
        Set<String> columns(String select) throws SQLException, InterruptedException;
    }

    /** Empty if the user's choice is not to read the table. */
    Optional<TableSource> of(SnapshotPlan.Entry entry) throws SQLException, InterruptedException {
        TableId id = entry.id();
        TableStructures.Structure structure = structures.get(id);
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
            return Optional.of(selected(override, columns));
        }
        TableName name = entry.storage().table();
        Predicate<String> wanted = wanted(entry.id(), columns);
        List<String> quoted = columns.stream()
                .filter(wanted)
                .map(setup.connection()::quoteIdentifier)
                .toList();
        String plain =
                "SELECT " + String.join(", ", quoted) + " FROM " + entry.id().toDoubleQuotedString();
        Optional<String> select =
                setup.snapshots().getSnapshotQuery().snapshotQuery(entry.id().toDoubleQuotedString(), quoted);
        if (select.isEmpty() || select.get().equals(plain)) {
            boolean byBlocks = entry.storage().addressable();
            return select.map(any -> SnapshotQuery.of(name, columns, wanted, byBlocks));
        }
        return Optional.of(selected(select.get(), columns));
    }

    /** Where all columns are excluded, Debezium reads them all. */
    private Predicate<String> wanted(TableId id, List<String> columns) {
        Predicate<String> included =
                column -> setup.config().getColumnFilter().matches(id.catalog(), id.schema(), id.table(), column);
        return columns.stream().anyMatch(included) ? included : column -> true;
    }

    private @Nullable String override(TableId id) {
        String select = overrides.get(id);
        return select == null ? overrides.get(new TableId(null, id.schema(), id.table())) : select;
    }

    private SnapshotQuery selected(String select, List<String> columns) throws SQLException, InterruptedException {
        SnapshotQuery any = SnapshotQuery.of(select, columns, column -> true);
        Set<String> selected = described.columns("SELECT * FROM " + any.from());
        return SnapshotQuery.of(select, columns, selected::contains);
    }

    /** The names of the columns of a SELECT. */
    static Set<String> columns(Connection connection, String select) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            ResultSetMetaData result = statement.getMetaData();
            for (int i = 1; i <= result.getColumnCount(); i++) {
                columns.add(result.getColumnName(i));
            }
        }
        return columns;
    }

    private SnapshotRecords records(TableId id, Table table, TableSchema schema) {
        offset.event(id, taken);
        offset.markSnapshotRecord(SnapshotRecord.TRUE);
        Map<String, Object> common = new HashMap<>(offset.getOffset());
        common.putAll(note);
        Envelopes envelopes = Envelopes.of(schema.getEnvelopeSchema().schema())
                .orElseThrow(() -> new DebeziumException("The envelope of " + id + " has fields that are unknown"));
        return new SnapshotRecords(
                partition.getSourcePartition(),
                common,
                setup.dispatch().topic(id),
                setup.compiler().values(table, schema),
                setup.compiler().keys(table, schema).orElse(null),
                envelopes,
                new SnapshotBlocks(offset.getSourceInfo()),
                setup.commitTimestamps() ? taken.toEpochMilli() : null,
                setup.dispatch().headers(),
                processing());
    }

    private SnapshotRecords.PostProcessing processing() {
        PostProcessorRegistry registry = setup.config().getServiceRegistry().tryGetService(PostProcessorRegistry.class);
        if (registry == null || registry.getProcessors().isEmpty()) {
            return SnapshotRecords.PostProcessing.NONE;
        }
        return (key, envelope) -> {
            for (PostProcessor processor : registry.getProcessors()) {
                processor.apply(key, envelope);
            }
            return envelope;
        };
    }
}
