// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.row.KeyColumns;
import io.debezium.jdbc.JdbcConnection;
import io.debezium.pipeline.source.snapshot.incremental.RowValueConstructorChunkQueryBuilder;
import io.debezium.relational.RelationalDatabaseConnectorConfig;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.spi.schema.DataCollectionId;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The queries of ad hoc snapshots, which read the columns of the key whatever the filters of columns say. */
final class KeyedChunks<T extends DataCollectionId> extends RowValueConstructorChunkQueryBuilder<T> {

    private final KeyColumns keys;

    KeyedChunks(RelationalDatabaseConnectorConfig config, JdbcConnection connection, KeyColumns keys) {
        super(config, connection);
        this.keys = keys;
    }

    @Override
    protected String buildProjection(Table table) {
        if (!connectorConfig.isColumnsFiltered()) {
            return super.buildProjection(table);
        }
        TableId id = table.id();
        Predicate<String> read =
                keys.and(table, column -> columnFilter.matches(id.catalog(), id.schema(), id.table(), column));
        return table.retrieveColumnNames().stream()
                .filter(read)
                .map(jdbcConnection::quoteIdentifier)
                .collect(Collectors.joining(", "));
    }
}
