// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.metrics;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.base.ChangeEventQueueMetrics;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.metrics.PostgresChangeEventSourceMetricsFactory;
import io.debezium.connector.postgresql.metrics.PostgresStreamingChangeEventSourceMetrics;
import io.debezium.pipeline.metrics.CapturedTablesSupplier;
import io.debezium.pipeline.metrics.SnapshotChangeEventSourceMetrics;
import io.debezium.pipeline.source.spi.EventMetadataProvider;

/**
 * Creates metrics that cost next to nothing per event, behind Debezium's MBean names and attributes. If percentiles or
 * counts per table are configured, it creates Debezium's own metrics, which pay for them with every event.
 */
public final class LeanMetricsFactory extends PostgresChangeEventSourceMetricsFactory {

    @Override
    @SuppressWarnings("rawtypes") // as in Debezium's signature
    public <T extends CdcSourceTaskContext> SnapshotChangeEventSourceMetrics<PostgresPartition> getSnapshotMetrics(
            T context, ChangeEventQueueMetrics queue, EventMetadataProvider metadata) {
        return new LeanSnapshotMetrics(context, queue, metadata);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public <T extends CdcSourceTaskContext> PostgresStreamingChangeEventSourceMetrics getStreamingMetrics(
            T context, ChangeEventQueueMetrics queue, EventMetadataProvider metadata, CapturedTablesSupplier tables) {
        CommonConnectorConfig config = context.getConfig();
        boolean detailed = config.isAdvancedMetricsEnabled() || config.isStatisticsMetricsEnabled();
        return detailed
                ? super.getStreamingMetrics(context, queue, metadata, tables)
                : new LeanStreamingMetrics(context, queue, metadata, tables);
    }
}
