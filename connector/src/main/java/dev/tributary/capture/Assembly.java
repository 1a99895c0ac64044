// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.metrics.EventMetadata;
import dev.tributary.capture.metrics.LeanMetricsFactory;
import dev.tributary.capture.snapshot.SlotWait;
import dev.tributary.capture.stream.CaptureParts;
import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.capture.stream.ChangeDispatcher;
import dev.tributary.capture.stream.EventFailures;
import dev.tributary.capture.stream.StreamSlot;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.handover.ArrivalQueue;
import dev.tributary.handover.Bounds;
import dev.tributary.handover.Deliveries;
import dev.tributary.handover.Grouping;
import dev.tributary.position.StartingPoint;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.SessionSettings;
import dev.tributary.record.RecordTimestamps;
import dev.tributary.row.CodecCompiler;
import dev.tributary.row.MaskedConverters;
import io.debezium.DebeziumException;
import io.debezium.bean.StandardBeanNames;
import io.debezium.bean.spi.BeanRegistry;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.config.Configuration;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.base.QueueProviderService;
import io.debezium.connector.common.DebeziumHeaderProducer;
import io.debezium.connector.postgresql.PostgresChangeEventSourceCoordinator;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.function.LogPositionValidator;
import io.debezium.heartbeat.Heartbeat.ScheduledHeartbeat;
import io.debezium.heartbeat.HeartbeatFactory;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.notification.channels.NotificationChannel;
import io.debezium.pipeline.signal.channels.SignalChannelReader;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableId;
import io.debezium.schema.SchemaFactory;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.spi.snapshot.Snapshotter;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * Puts Debezium's parts and ours together for one run.
 *
 * <p>The parts depend on each other in the order of the methods here: connections, queue, schema, slot, dispatcher,
 * sources, coordinator.
 */
final class Assembly {

    private final CaptureConfig config;
    private final TaskContext context;
    private final TopicNamingStrategy<TableId> topics;
    private final Connections connections;
    private final CaptureSchema schema;
    private final RecordTimestamps timestamps;
    private final ArrivalQueue arrivals;
    private final ChangeEventQueue<DataChangeEvent> queue;
    private final CaptureErrorHandler errorHandler;
    private final ConnectorConfig options;
    private final Inbox inbox;
    private final OpenParts open;
    private final ConnectionTarget target;

    @SuppressWarnings("unchecked") // Debezium returns its naming strategies as raw types
    Assembly(
            Configuration raw,
            CaptureConfig config,
            TaskContext context,
            ConnectorConfig options,
            ConnectionTarget target,
            FailurePolicy policy,
            Deliveries deliveries,
            @Nullable Grouping grouping,
            Inbox inbox,
            OpenParts open) {
        this.config = config;
        this.context = context;
        this.options = options;
        this.target = target;
        this.inbox = inbox;
        this.open = open;
        this.topics = config.getTopicNamingStrategy(CommonConnectorConfig.TOPIC_NAMING_STRATEGY);
        BeanRegistry beans = config.getBeanRegistry();
        beans.add(StandardBeanNames.CONFIGURATION, raw);
        beans.add(StandardBeanNames.CONNECTOR_CONFIG, config);
        beans.add(StandardBeanNames.CDC_SOURCE_TASK_CONTEXT, context);

        connections = Connections.open(config, open);
        timestamps = RecordTimestamps.valueOf(options.recordTimestamp().name());
        arrivals = new ArrivalQueue(
                service(QueueProviderService.class).getQueueProvider(),
                Bounds.of(config.getMaxQueueSize(), config.getMaxBatchSize(), config.getMaxQueueSizeInBytes())
                        .pausing(config.getPollDispatchInterval()),
                new CountedRecords(timestamps, context.events()),
                deliveries,
                grouping);
        open.add(arrivals::close);
        context.events().queue(new QueueLevels(arrivals));
        queue = arrivals.inlet();
        errorHandler = new CaptureErrorHandler(config, queue, arrivals, policy);
        schema = open.add(new CaptureSchema(
                context,
                connections.main().getDefaultValueConverter(),
                topics,
                connections.values(),
                service(CustomConverterRegistry.class),
                HiddenColumns.of(options),
                errorHandler::setProducerThrowable,
                connections.lookups()));
    }

    ArrivalQueue arrivals() {
        return arrivals;
    }

    CaptureErrorHandler errorHandler() {
        return errorHandler;
    }

    PostgresSchema schema() {
        return schema;
    }

    /**
     * Accepts every position: the preflight has compared slot and offset. Debezium would refuse an offset before the
     * slot's restart_lsn, which is where it is after an idle stretch with a checkpoint in it was acknowledged.
     */
    LogPositionValidator logPositions() {
        return (partition, offset, anyConfig) -> true;
    }

    /** Creates the slot if it is missing, and starts the threads that capture. */
    ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> coordinate(
            Offsets<PostgresPartition, PostgresOffsetContext> offsets,
            StartingPoint point,
            List<SignalChannelReader> signalChannels,
            List<NotificationChannel> notificationChannels,
            Consumer<Snapshotter> checkOffsets) {
        registerBeans(offsets);
        schema.restore(point);
        Guardrail.check(config, schema, connections.main());
        SnapshotterService snapshots = service(SnapshotterService.class);
        checkOffsets.accept(snapshots.getSnapshotter());
        StreamSlot slot = openSlot(snapshots.getSnapshotter().shouldStream());

        CaptureSignals signals = new CaptureSignals(config, signalChannels, offsets);
        EventMetadata metadata = new EventMetadata();
        ChangeDispatcher dispatcher = dispatcher(signals, metadata);
        NotificationService<PostgresPartition, PostgresOffsetContext> notifications = new NotificationService<>(
                notificationChannels, config, SchemaFactory.get(), dispatcher::enqueueNotification);
        inbox.notifications().sendOver(notifications::notify);
        ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> coordinator =
                new PostgresChangeEventSourceCoordinator(
                        offsets,
                        errorHandler,
                        PostgresConnector.class,
                        config,
                        sources(snapshots, dispatcher, slot, point).factory(offsets.getTheOnlyPartition()),
                        new LeanMetricsFactory(),
                        dispatcher,
                        schema,
                        snapshots,
                        slot.found(),
                        signals,
                        notifications);
        coordinator.start(context, arrivals, metadata);
        return coordinator;
    }

    private StreamSlot openSlot(boolean streams) {
        PostgresConnection catalog = connections.main();
        StreamSlot slot = openSlot(catalog, streams);
        if (slot.connection() != null) {
            open.add(slot.connection());
        }
        return slot;
    }

    /** Creating the slot can take as long as the longest transaction that is writing. */
    private StreamSlot openSlot(PostgresConnection catalog, boolean streams) {
        long timeoutSeconds = config.createSlotCommandTimeout();
        try (SlotWait wait = SlotWait.of(target, config.getLogicalName(), config.slotName(), timeoutSeconds)) {
            try {
                return StreamSlot.open(
                        config,
                        catalog,
                        streams,
                        () -> config.replicationConnection(catalog, schema),
                        SessionSettings.SQL);
            } catch (DebeziumException e) {
                if (e.getCause() instanceof SQLException refusal) {
                    throw new DebeziumException(e.getMessage(), wait.explain(refusal));
                }
                throw e;
            }
        }
    }

    private Sources sources(
            SnapshotterService snapshots, ChangeDispatcher dispatcher, StreamSlot slot, StartingPoint point) {
        CodecCompiler compiler = new CodecCompiler(
                config,
                connections.values(),
                config.getServiceRegistry().tryGetService(CustomConverterRegistry.class),
                connections.main().getTypeRegistry(),
                () -> connections.lookups().connection().unwrap(BaseConnection.class),
                config.includesUnknownDatatypes(),
                topics);
        CaptureParts parts = new CaptureParts(
                config,
                schema,
                compiler,
                dispatcher,
                new EventFailures(config.getEventProcessingFailureHandlingMode()),
                timestamps,
                arrivals::open,
                inbox.notifications(),
                point,
                context.events());
        DebeziumSourceParts debezium = new DebeziumSourceParts(
                config, snapshots, connections.factory(), errorHandler, dispatcher, schema, context, slot);
        return new Sources(options, target, connections, debezium, parts, arrivals, inbox.appearances(), open);
    }

    private ChangeDispatcher dispatcher(CaptureSignals signals, EventMetadata metadata) {
        return new ChangeDispatcher(
                config,
                topics,
                schema,
                queue,
                (partition, table, emitter) -> schema.refresh(connections.lookups(), table),
                metadata,
                heartbeat(),
                signals,
                service(DebeziumHeaderProducer.class),
                arrivals::putFromDebezium);
    }

    /**
     * A heartbeat statement that the server refuses stops capturing, because an operator who relies on it would not
     * notice otherwise. The heartbeat itself logs a statement that does not reach the server; if the server is down,
     * the stream fails.
     */
    private ScheduledHeartbeat heartbeat() {
        return new HeartbeatFactory<>()
                .getScheduledHeartbeat(
                        config,
                        () -> new PostgresConnection(
                                config.jdbcConfigForStream(), PostgresConnection.CONNECTION_GENERAL),
                        failure -> {
                            if (FailurePolicy.isAnswer(failure)) {
                                errorHandler.setProducerThrowable(failure);
                            }
                        },
                        queue);
    }

    /**
     * Registers the beans that users' converters, post processors and snapshotters may look up, under Debezium's names,
     * and the post processors themselves.
     */
    private void registerBeans(Offsets<PostgresPartition, PostgresOffsetContext> offsets) {
        BeanRegistry beans = config.getBeanRegistry();
        beans.add(StandardBeanNames.DATABASE_SCHEMA, schema);
        beans.add(StandardBeanNames.JDBC_CONNECTION, connections.lookups());
        beans.add(StandardBeanNames.VALUE_CONVERTER, connections.values());
        beans.add(StandardBeanNames.OFFSETS, offsets);
        config.getServiceRegistry()
                .registerServiceProvider(new MaskingProcessors(
                        new MaskedConverters(config, service(CustomConverterRegistry.class), connections.values())));
    }

    private <T extends io.debezium.service.Service> T service(Class<T> type) {
        return required(config.getServiceRegistry().tryGetService(type));
    }

    static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("Capturing has not been started");
        }
        return part;
    }
}
