// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.position.Lsn;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.source.spi.ChangeEventSource.ChangeEventSourceContext;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;

/** Streams what was committed before a snapshot and has not been sent yet. */
@FunctionalInterface
public interface CatchUp {

    /** Is told of each update that leaves out a column because it is large and did not change. */
    @FunctionalInterface
    interface Incomplete {
        void updated(TableId table, RowImage row);
    }

    /**
     * Streams until every transaction has been sent whose commit record lies before a position.
     *
     * @param again whether this goes on where it ended the last time; if not, it is told of updates that had been sent before,
     *     too, as far as the slot still has them
     * @param offset the stored offset; it is brought up to date
     * @param stamp changes each record before it is sent
     */
    void until(
            Lsn position,
            boolean again,
            ChangeEventSourceContext context,
            PostgresPartition partition,
            PostgresOffsetContext offset,
            UnaryOperator<SourceRecord> stamp,
            Incomplete incomplete)
            throws SQLException, InterruptedException;
}
