// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.common.DebeziumHeaderProducer;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresEventDispatcher;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.data.Envelope.Operation;
import io.debezium.heartbeat.Heartbeat.ScheduledHeartbeat;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.signal.SignalProcessor;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.processors.PostProcessorRegistry;
import io.debezium.relational.TableId;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's dispatcher, and what one has to know to do without it: most changes need nothing but to be counted and sent.
 *
 * <p>Its own way is still taken where it does more for an event than that: transaction metadata, post processors, rows of a
 * signal table, and while an incremental snapshot is running.
 */
public final class ChangeDispatcher extends PostgresEventDispatcher<TableId> {

    private final PostgresConnectorConfig config;
    private final TopicNamingStrategy<TableId> topics;
    private final DebeziumHeaderProducer headers;
    private final Set<Operation> skipped;
    private DataChangeEventListener<PostgresPartition> listener = DataChangeEventListener.NO_OP();

    /**
     * @param schemas brings Debezium's schema up to date with a table that it does not know
     * @param headers makes the headers of {@code extended.headers.enabled}
     */
    public ChangeDispatcher(
            PostgresConnectorConfig config,
            TopicNamingStrategy<TableId> topics,
            PostgresSchema schema,
            ChangeEventQueue<DataChangeEvent> queue,
            InconsistentSchemaHandler<PostgresPartition, TableId> schemas,
            EventMetadataProvider metadata,
            ScheduledHeartbeat heartbeat,
            SignalProcessor<PostgresPartition, PostgresOffsetContext> signals,
            DebeziumHeaderProducer headers) {
        super(
                config,
                topics,
                schema,
                queue,
                config.getTableFilters().dataCollectionFilter(),
                DataChangeEvent::new,
                schemas,
                metadata,
                heartbeat,
                config.schemaNameAdjuster(),
                signals,
                headers);
        this.config = config;
        this.topics = topics;
        this.headers = headers;
        this.skipped = config.getSkippedOperations();
    }

    @Override
    public void setEventListener(DataChangeEventListener<PostgresPartition> eventListener) {
        super.setEventListener(eventListener);
        listener = eventListener;
    }

    /** Whether this has nothing to do for a table's events but to count and send them. */
    boolean onlySends(TableId table) {
        PostProcessorRegistry processors = config.getServiceRegistry().tryGetService(PostProcessorRegistry.class);
        return !config.shouldProvideTransactionMetadata()
                && (processors == null || processors.getProcessors().isEmpty())
                && !config.isSignalDataCollection(table)
                && config.getTableFilters().dataCollectionFilter().isIncluded(table);
    }

    boolean skips(Operation operation) {
        return skipped.contains(operation);
    }

    public String topic(TableId table) {
        return topics.dataChangeTopic(table);
    }

    /** The headers that every event of a row has. */
    public ConnectHeaders context() {
        return config.isExtendedHeadersEnabled() ? headers.contextHeaders() : new ConnectHeaders();
    }

    /** Counts an event that is sent without this dispatcher. */
    public void count(
            PostgresPartition partition,
            TableId table,
            PostgresOffsetContext offset,
            @Nullable Struct key,
            Struct envelope,
            Operation operation) {
        listener.onEvent(partition, table, offset, key, envelope, operation);
    }

    /** Counts a change that is not sent because nothing changed. */
    void countUnchanged(PostgresPartition partition) {
        listener.onUnchangedEventSkipped(partition);
    }
}
