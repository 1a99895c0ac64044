// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.metrics;

import io.debezium.connector.base.ChangeEventQueueMetrics;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.metrics.PostgresStreamingChangeEventSourceMetrics;
import io.debezium.data.Envelope.Operation;
import io.debezium.pipeline.metrics.CapturedTablesSupplier;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Debezium's MBean {@code context=streaming}, with events counted by a {@link LeanMeter}. */
final class LeanStreamingMetrics extends PostgresStreamingChangeEventSourceMetrics {

    private static final long UNKNOWN = -1;

    private final LeanMeter meter;
    private final AtomicLong transactions = new AtomicLong();
    private @Nullable Object lastTransaction;

    /** Whether no event has arrived since the lag was reset. */
    private volatile boolean lagForgotten;

    @SuppressWarnings("rawtypes") // as in Debezium's signature
    <T extends CdcSourceTaskContext> LeanStreamingMetrics(
            T context, ChangeEventQueueMetrics queue, EventMetadataProvider metadata, CapturedTablesSupplier tables) {
        super(context, queue, metadata, tables);
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
        if (lagForgotten) {
            lagForgotten = false;
        }
        noteTransaction(meter.seen(table, offset, key, envelope, operation).transactionId());
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
    public long getTotalNumberOfLogicalMessageEventsSeen() {
        return meter.counters().messages();
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
    public long getMilliSecondsBehindSource() {
        LatestEvent event = meter.latest();
        Long millis = event == null || lagForgotten ? null : event.millisBehindSource();
        return millis == null ? UNKNOWN : millis;
    }

    @Override
    public long getNumberOfCommittedTransactions() {
        return transactions.get();
    }

    @Override
    public @Nullable String getLastTransactionId() {
        LatestEvent event = meter.latest();
        return event == null ? null : event.transaction();
    }

    @Override
    public Map<String, String> getSourceEventPosition() {
        LatestEvent event = meter.latest();
        return event == null ? Map.of() : event.position();
    }

    @Override
    public void resetLagBehindSource() {
        super.resetLagBehindSource();
        lagForgotten = true;
    }

    @Override
    public void reset() {
        super.reset();
        meter.reset();
        transactions.set(0);
    }

    /** Counts as Debezium does: a transaction is new if its id differs from that of the previous event. */
    private void noteTransaction(@Nullable Object transaction) {
        if (transaction != null && !transaction.equals(lastTransaction)) {
            lastTransaction = transaction;
            transactions.incrementAndGet();
        }
    }
}
