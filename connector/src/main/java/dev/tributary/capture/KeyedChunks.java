// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.row.KeyColumns;
import io.debezium.jdbc.JdbcConnection;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotContext;
import io.debezium.pipeline.source.snapshot.incremental.RowValueConstructorChunkQueryBuilder;
import io.debezium.relational.Column;
import io.debezium.relational.RelationalDatabaseConnectorConfig;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.spi.schema.DataCollectionId;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queries of ad hoc snapshots. They read the columns that the schema of a table has, which lacks generated columns
 * that are not published, and the columns of the key whatever the filters of columns say. A table that cannot be read
 * by its key is skipped; Debezium would not continue with the next one.
 */
final class KeyedChunks<T extends DataCollectionId> extends RowValueConstructorChunkQueryBuilder<T> {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedChunks.class);

    private final KeyColumns keys;
    private final Predicate<Column> isUsable;

    /**
     * @param isUsable whether a column can be part of the key: its values can be stored in an offset, and records have
     *     them
     */
    KeyedChunks(
            RelationalDatabaseConnectorConfig config,
            JdbcConnection connection,
            KeyColumns keys,
            Predicate<Column> isUsable) {
        super(config, connection);
        this.keys = keys;
        this.isUsable = isUsable;
    }

    @Override
    protected String buildProjection(Table table) {
        TableId id = table.id();
        Predicate<String> read = connectorConfig.isColumnsFiltered()
                ? keys.and(table, column -> columnFilter.matches(id.catalog(), id.schema(), id.table(), column))
                : column -> true;
        return table.retrieveColumnNames().stream()
                .filter(read)
                .map(jdbcConnection::quoteIdentifier)
                .collect(Collectors.joining(", "));
    }

    @Override
    public List<Column> getQueryColumns(IncrementalSnapshotContext<T> context, Table table) {
        List<Column> columns;
        try {
            columns = super.getQueryColumns(context, table);
        } catch (IllegalArgumentException e) {
            LOG.error("The signal for {} cannot be carried out: {}", table.id(), e.getMessage());
            return List.of();
        }
        if (!columns.stream().allMatch(isUsable)) {
            LOG.error(
                    "The signal for {} cannot be carried out, because its key contains an array, or a column whose type"
                            + " is not captured (include.unknown.datatypes). Name another unique column in the signal:"
                            + " \"surrogate-key\"",
                    table.id());
            return List.of();
        }
        return columns;
    }
}
