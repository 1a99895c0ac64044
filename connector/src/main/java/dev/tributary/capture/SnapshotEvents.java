// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.snapshot.SnapshotDispatch;
import dev.tributary.capture.stream.ChangeDispatcher;
import dev.tributary.capture.stream.EventFailures;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.TableId;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot needs of the dispatcher.
 *
 * @param dispatcher Debezium's, and ours on top of it
 * @param failures what follows from a row that no event can be made of
 */
record SnapshotEvents(ChangeDispatcher dispatcher, EventFailures failures) implements SnapshotDispatch {

    @Override
    public String topic(TableId table) {
        return dispatcher.topic(table);
    }

    @Override
    public ConnectHeaders headers() {
        return dispatcher.context();
    }

    @Override
    public void failed(TableId table, RuntimeException failure) {
        failures.eventFailed(Map.of("snapshot of", table.identifier()), failure);
    }

    @Override
    public void countRead(
            PostgresPartition partition,
            TableId table,
            PostgresOffsetContext offset,
            @Nullable Struct key,
            Struct envelope) {
        dispatcher.count(partition, table, offset, key, envelope, Operation.READ);
    }

    @Override
    public void heartbeatNow(PostgresPartition partition, PostgresOffsetContext offset) throws InterruptedException {
        dispatcher.alwaysDispatchHeartbeatEvent(partition, offset);
    }
}
