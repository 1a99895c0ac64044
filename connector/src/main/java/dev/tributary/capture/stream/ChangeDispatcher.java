// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.EventBlocks;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.common.DebeziumHeaderProducer;
import io.debezium.connector.postgresql.LogicalDecodingMessageMonitor;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresEventDispatcher;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.LogicalDecodingMessage;
import io.debezium.data.Envelope.Operation;
import io.debezium.function.BlockingConsumer;
import io.debezium.heartbeat.Heartbeat.ScheduledHeartbeat;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.signal.SignalProcessor;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.txmetadata.DefaultTransactionMetadataFactory;
import io.debezium.pipeline.txmetadata.DefaultTransactionStructMaker;
import io.debezium.processors.PostProcessorRegistry;
import io.debezium.relational.TableId;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's dispatcher, and what it takes to do without it: most changes only need to be counted and sent.
 *
 * <p>Its own way is still used where it does more for an event than that: transaction metadata of another format than
 * the default one, post processors, rows of a signal table, and while an incremental snapshot is running.
 */
public final class ChangeDispatcher extends PostgresEventDispatcher<TableId> {

    private final PostgresConnectorConfig config;
    private final TopicNamingStrategy<TableId> topics;
    private final DebeziumHeaderProducer headers;
    private final LogicalDecodingMessageMonitor messages;
    private final MessageTransactions transactions;
    private DataChangeEventListener<PostgresPartition> listener = DataChangeEventListener.NO_OP();

    /**
     * @param schemas updates Debezium's schema with a table that it does not know
     * @param headers makes the headers of {@code extended.headers.enabled}
     * @param sender takes records that are not changes of rows
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
            DebeziumHeaderProducer headers,
            BlockingConsumer<SourceRecord> sender) {
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
        this.messages = new LogicalDecodingMessageMonitor(config, sender);
        this.transactions = new MessageTransactions(
                config, metadata, config.schemaNameAdjuster(), sender, topics.transactionTopic());
    }

    @Override
    public void dispatchLogicalDecodingMessage(
            PostgresPartition partition, OffsetContext offset, Long decodedMillis, LogicalDecodingMessage message)
            throws InterruptedException {
        if (config.getMessageFilter().isIncluded(message.getPrefix())) {
            messages.logicalDecodingMessageEvent(partition, offset, decodedMillis, message, transactions, listener);
        } else {
            listener.onFilteredEvent(partition, "message", Operation.MESSAGE);
        }
    }

    @Override
    public void setEventListener(DataChangeEventListener<PostgresPartition> eventListener) {
        super.setEventListener(eventListener);
        listener = eventListener;
    }

    /** Whether all this has to do for the events of a table is to count and send them. */
    boolean onlySends(TableId table) {
        PostProcessorRegistry processors = config.getServiceRegistry().tryGetService(PostProcessorRegistry.class);
        return (!config.shouldProvideTransactionMetadata() || hasDefaultTransactions())
                && (processors == null || processors.getProcessors().isEmpty())
                && !config.isSignalDataCollection(table)
                && config.getTableFilters().dataCollectionFilter().isIncluded(table);
    }

    private boolean hasDefaultTransactions() {
        return config.getTransactionMetadataFactory().getClass() == DefaultTransactionMetadataFactory.class
                && TransactionFields.areAllOf(
                        DefaultTransactionStructMaker.TRANSACTION_BLOCK_SCHEMA, TransactionFields.BY_NAME.keySet());
    }

    /** Makes the transaction blocks of events that are only sent; null if they have none. */
    @Nullable
    EventBlocks<EventOrder> transactionBlocks() {
        return config.shouldProvideTransactionMetadata()
                ? new EventBlocks<>(
                        new Struct(DefaultTransactionStructMaker.TRANSACTION_BLOCK_SCHEMA), TransactionFields.BY_NAME)
                : null;
    }

    /** Makes the begins and ends of transactions; empty if there are none, or not in the default format. */
    Optional<BoundaryRecords> boundaryRecords(PostgresPartition partition) {
        return config.shouldProvideTransactionMetadata() && hasDefaultTransactions()
                ? BoundaryRecords.of(
                        partition.getSourcePartition(),
                        topics.transactionTopic(),
                        config.getTransactionMetadataFactory().getTransactionStructMaker())
                : Optional.empty();
    }

    /**
     * Whether an incremental snapshot is running. Then events have to go through this dispatcher: their offsets
     * describe the snapshot, and the snapshot looks at each of them.
     */
    boolean isSnapshotRunning(PostgresOffsetContext offset) {
        return offset.getIncrementalSnapshotContext().snapshotRunning()
                || (getIncrementalSnapshotChangeEventSource() instanceof BusySnapshots snapshots && snapshots.isBusy());
    }

    /** The incremental snapshots have to know of a transaction that began without this dispatcher. */
    void begun(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        var snapshots = getIncrementalSnapshotChangeEventSource();
        if (snapshots != null) {
            snapshots.processTransactionStartedEvent(partition, offset);
        }
    }

    /** The incremental snapshots have to know of a transaction that ended without this dispatcher. */
    void ended(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        var snapshots = getIncrementalSnapshotChangeEventSource();
        if (snapshots != null) {
            snapshots.processTransactionCommittedEvent(partition, offset);
        }
    }

    public String topic(TableId table) {
        return topics.dataChangeTopic(table);
    }

    /** The headers that every event of a row has. */
    public ConnectHeaders context() {
        return config.isExtendedHeadersEnabled() ? headers.contextHeaders() : new ConnectHeaders();
    }

    /** Counts an event that is sent without this dispatcher. */
    void count(
            PostgresPartition partition,
            TableId table,
            PostgresOffsetContext offset,
            @Nullable Struct key,
            Struct envelope,
            Operation operation) {
        listener.onEvent(partition, table, offset, key, envelope, operation);
    }

    /** Counts a row of a snapshot that is sent without this dispatcher. */
    public void countRead(
            PostgresPartition partition, TableId table, PostgresOffsetContext offset, SourceRecord record) {
        Struct envelope = (Struct) Objects.requireNonNull(record.value());
        count(partition, table, offset, (Struct) record.key(), envelope, Operation.READ);
    }

    /** Counts an update that is not sent because it changes nothing. */
    void countUnchanged(PostgresPartition partition) {
        listener.onUnchangedEventSkipped(partition);
    }
}
