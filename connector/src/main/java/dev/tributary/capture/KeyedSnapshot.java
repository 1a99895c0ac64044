// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.row.KeyColumns;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSnapshotChangeEventSource;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.SnapshottingTask;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.util.Clock;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Debezium's snapshot, which reads the columns of the key whatever the filters of columns say. It does not begin if a
 * column that options hide has got a name that they do not hide.
 */
final class KeyedSnapshot extends PostgresSnapshotChangeEventSource {

    private final PostgresConnectorConfig config;
    private final PostgresConnection connection;
    private final CaptureSchema schema;

    KeyedSnapshot(
            DebeziumSourceParts parts,
            SnapshotProgressListener<PostgresPartition> progress,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        super(
                parts.config(),
                parts.snapshots(),
                parts.connections(),
                parts.schema(),
                parts.dispatcher(),
                Clock.system(),
                progress,
                parts.slot().created(),
                parts.slot().found(),
                notifications);
        this.config = parts.config();
        this.connection = parts.connections().mainConnection();
        this.schema = parts.schema();
    }

    /** Rows are read with these structures next, also in a snapshot that a signal requests. */
    @Override
    protected void readTableStructure(
            ChangeEventSourceContext running,
            RelationalSnapshotContext<PostgresPartition, PostgresOffsetContext> context,
            PostgresOffsetContext offset,
            SnapshottingTask task)
            throws SQLException, InterruptedException {
        super.readTableStructure(running, context, offset, task);
        if (task.snapshotData()) {
            schema.assertHidden(connection, context.capturedTables);
        }
    }

    @Override
    protected List<String> getPreparedColumnNames(PostgresPartition partition, Table table) {
        TableId id = table.id();
        List<String> names = table.retrieveColumnNames();
        Predicate<String> captured =
                column -> config.getColumnFilter().matches(id.catalog(), id.schema(), id.table(), column);
        if (names.stream().noneMatch(captured)) {
            return super.getPreparedColumnNames(partition, table);
        }
        return names.stream()
                .filter(new KeyColumns(config).and(table, captured))
                .map(connection::quoteIdentifier)
                .toList();
    }
}
