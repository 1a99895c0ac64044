// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.metrics;

import io.debezium.connector.base.ChangeEventQueueMetrics;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.data.Envelope.Operation;
import io.debezium.pipeline.metrics.DefaultSnapshotChangeEventSourceMetrics;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.spi.schema.DataCollectionId;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Debezium's MBean {@code context=snapshot}, with events counted by a {@link LeanMeter}. */
final class LeanSnapshotMetrics extends DefaultSnapshotChangeEventSourceMetrics<PostgresPartition> {

    private final LeanMeter meter;

    @SuppressWarnings("rawtypes") // as in Debezium's signature
    <T extends CdcSourceTaskContext> LeanSnapshotMetrics(
            T context, ChangeEventQueueMetrics queue, EventMetadataProvider metadata) {
        super(context, queue, metadata);
        meter = new LeanMeter(context.getClock(), metadata);
    }

    @Override
    public void onEvent(
            PostgresPartition partition,
            DataCollectionId table,
            OffsetContext offset,
            @Nullable Object key,
            Struct envelope,
            @Nullable Operation operation) {
        meter.seen(table, offset, key, envelope, operation);
    }

    @Override
    public void onFilteredEvent(PostgresPartition partition, String event) {
        meter.filtered(null);
    }

    @Override
    public void onFilteredEvent(PostgresPartition partition, String event, @Nullable Operation operation) {
        meter.filtered(operation);
    }

    @Override
    public void onErroneousEvent(PostgresPartition partition, String event) {
        meter.erroneous(null);
    }

    @Override
    public void onErroneousEvent(PostgresPartition partition, String event, @Nullable Operation operation) {
        meter.erroneous(operation);
    }

    @Override
    public @Nullable String getLastEvent() {
        return meter.lastEvent();
    }

    @Override
    public long getMilliSecondsSinceLastEvent() {
        return meter.millisSinceLast();
    }

    @Override
    public long getTotalNumberOfEventsSeen() {
        return meter.counters().total();
    }

    @Override
    public long getTotalNumberOfCreateEventsSeen() {
        return meter.counters().creates();
    }

    @Override
    public long getTotalNumberOfUpdateEventsSeen() {
        return meter.counters().updates();
    }

    @Override
    public long getTotalNumberOfDeleteEventsSeen() {
        return meter.counters().deletes();
    }

    @Override
    public long getTotalNumberOfReadEventsSeen() {
        return meter.counters().reads();
    }

    @Override
    public long getNumberOfEventsFiltered() {
        return meter.counters().filtered();
    }

    @Override
    public long getNumberOfErroneousEvents() {
        return meter.counters().erroneous();
    }

    @Override
    public void reset() {
        super.reset();
        meter.reset();
    }
}
