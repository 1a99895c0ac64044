// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.relational.TableId;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;

/** What a snapshot needs of Debezium's dispatcher. */
public interface SnapshotDispatch {

    /** The topic of a table's events. */
    String topic(TableId table);

    /** The headers that every event of a row has. */
    ConnectHeaders headers();

    /**
     * Leaves out a row that no event can be made of, or fails: {@code event.processing.failure.handling.mode}.
     *
     * @throws RuntimeException if this stops the task
     */
    void failed(TableId table, RuntimeException failure);

    /** Counts an event that is sent without the dispatcher. */
    void countRead(
            PostgresPartition partition,
            TableId table,
            PostgresOffsetContext offset,
            @Nullable Struct key,
            Struct envelope);

    /** Sends a heartbeat, if heartbeats are sent. */
    void heartbeatNow(PostgresPartition partition, PostgresOffsetContext offset) throws InterruptedException;
}
