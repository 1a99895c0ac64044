// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.snapshot.Backfill;
import dev.tributary.capture.snapshot.CatchUp;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.stream.ChangeDispatcher;
import dev.tributary.capture.stream.EarlyRecords;
import dev.tributary.capture.stream.EventFailures;
import dev.tributary.capture.stream.StreamSetup;
import dev.tributary.config.CapturePath;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.NewTables;
import dev.tributary.config.RecordTimestamp;
import dev.tributary.position.StoredOffset;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.record.Companion;
import dev.tributary.row.CodecCompiler;
import io.debezium.DebeziumException;
import io.debezium.bean.StandardBeanNames;
import io.debezium.bean.spi.BeanRegistry;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.config.Configuration;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.base.QueueProviderService;
import io.debezium.connector.common.DebeziumHeaderProducer;
import io.debezium.connector.postgresql.PostgresChangeEventSourceCoordinator;
import io.debezium.connector.postgresql.PostgresChangeEventSourceFactory;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.document.DocumentReader;
import io.debezium.function.LogPositionValidator;
import io.debezium.heartbeat.Heartbeat.ScheduledHeartbeat;
import io.debezium.heartbeat.HeartbeatFactory;
import io.debezium.jdbc.DefaultMainConnectionProvidingConnectionFactory;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.GuardrailValidator;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.notification.channels.NotificationChannel;
import io.debezium.pipeline.signal.SignalProcessor;
import io.debezium.pipeline.signal.channels.SignalChannelReader;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableId;
import io.debezium.schema.SchemaFactory;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.spi.snapshot.Snapshotter;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * Puts Debezium's parts and ours together for one run.
 *
 * <p>The parts depend on each other in the order of the methods here: connections, schema, slot, queue, dispatcher,
 * sources, coordinator.
 */
final class Assembly {

    private final CaptureConfig config;
    private final TaskContext context;
    private final TopicNamingStrategy<TableId> topics;
    private final MainConnectionProvidingConnectionFactory<PostgresConnection> connections;
    private final PostgresConnection connection;

    /** In autocommit: for what is looked up outside a snapshot. */
    private final PostgresConnection lookups;

    private final PostgresValueConverter values;
    private final CaptureSchema schema;
    private final ArrivalQueue arrivals;
    private final ChangeEventQueue<DataChangeEvent> queue;
    private final CaptureErrorHandler errorHandler;
    private final ConnectorConfig settings;
    private final OpenParts open;
    private final ConnectionTarget target;

    @SuppressWarnings("unchecked") // Debezium hands out its naming strategies raw
    Assembly(
            Configuration configuration,
            CaptureConfig config,
            TaskContext context,
            ConnectorConfig settings,
            ConnectionTarget target,
            FailurePolicy policy,
            OpenParts open) {
        this.config = config;
        this.context = context;
        this.settings = settings;
        this.target = target;
        this.open = open;
        this.topics = config.getTopicNamingStrategy(CommonConnectorConfig.TOPIC_NAMING_STRATEGY);
        BeanRegistry beans = config.getBeanRegistry();
        beans.add(StandardBeanNames.CONFIGURATION, configuration);
        beans.add(StandardBeanNames.CONNECTOR_CONFIG, config);
        beans.add(StandardBeanNames.CDC_SOURCE_TASK_CONTEXT, context);

        Charset charset = databaseCharset();
        TypeRegistry types = TypeCatalog.read(config.getJdbcConfig(), open);
        connections = new DefaultMainConnectionProvidingConnectionFactory<>(() -> new PostgresConnection(
                config.getJdbcConfig(),
                types,
                registry -> config.values(charset, registry),
                PostgresConnection.CONNECTION_GENERAL));
        connection = open.add(connections.mainConnection());
        lookups = open.add(connections.newConnection());
        values = config.values(charset, types);
        schema = new CaptureSchema(
                context, connection.getDefaultValueConverter(), topics, values, service(CustomConverterRegistry.class));
        open.add(schema);
        arrivals = new ArrivalQueue(
                service(QueueProviderService.class).getQueueProvider(),
                ArrivalQueue.Bounds.of(
                        config.getMaxQueueSize(), config.getMaxBatchSize(), config.getMaxQueueSizeInBytes()));
        open.add(arrivals::close);
        queue = arrivals.inlet();
        errorHandler = new CaptureErrorHandler(config, queue, arrivals, policy);
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
     * Every position is there: the preflight has compared slot and offset. Debezium would refuse an offset that lies before
     * the slot's restart_lsn, which is where it lies once an idle stretch with a checkpoint in it was acknowledged.
     */
    LogPositionValidator logPositions() {
        return (partition, offset, anyConfig) -> true;
    }

    /** Creates the slot if it is missing, and starts the threads that capture. */
    ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> coordinate(
            Offsets<PostgresPartition, PostgresOffsetContext> offsets,
            Optional<StoredOffset> stored,
            List<SignalChannelReader> signalChannels,
            List<NotificationChannel> notificationChannels,
            Consumer<Snapshotter> checkOffsets) {
        registerBeans(offsets);
        checkGuardrail();
        SnapshotterService snapshots = service(SnapshotterService.class);
        checkOffsets.accept(snapshots.getSnapshotter());

        Slot slot = Slot.open(config, connection, schema, snapshots.getSnapshotter());
        if (slot.connection() != null) {
            open.add(slot.connection());
        }

        SignalProcessor<PostgresPartition, PostgresOffsetContext> signals = new SignalProcessor<>(
                PostgresConnector.class, config, Map.of(), signalChannels, DocumentReader.defaultReader(), offsets);
        EventMetadata metadata = new EventMetadata();
        ChangeDispatcher dispatcher = dispatcher(signals, metadata);
        NotificationService<PostgresPartition, PostgresOffsetContext> notifications = new NotificationService<>(
                notificationChannels, config, SchemaFactory.get(), dispatcher::enqueueNotification);
        ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> coordinator =
                new PostgresChangeEventSourceCoordinator(
                        offsets,
                        errorHandler,
                        PostgresConnector.class,
                        config,
                        sources(snapshots, dispatcher, slot, offsets.getTheOnlyPartition(), stored),
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

    /** The one place that chooses who reads rows and who reads the WAL. */
    private PostgresChangeEventSourceFactory sources(
            SnapshotterService snapshots,
            ChangeDispatcher dispatcher,
            Slot slot,
            PostgresPartition partition,
            Optional<StoredOffset> stored) {
        DebeziumSourceParts parts = new DebeziumSourceParts(
                config, snapshots, connections, errorHandler, dispatcher, schema, context, slot);
        ReplicationConnection replication = slot.connection();
        if (settings.capturePath() == CapturePath.DEBEZIUM || streamsBeforeSnapshot(snapshots)) {
            return parts.stock();
        }
        CodecCompiler compiler = new CodecCompiler(
                config,
                values,
                config.getServiceRegistry().tryGetService(CustomConverterRegistry.class),
                connection.getTypeRegistry(),
                () -> lookups.connection().unwrap(BaseConnection.class),
                config.includesUnknownDatatypes(),
                topics);
        boolean commitTimestamps = settings.recordTimestamp() == RecordTimestamp.COMMIT;
        StreamedSoFar streamed = new StreamedSoFar();
        SnapshotSetup rows = new SnapshotSetup(
                config,
                target,
                config.snapshotReaders(),
                settings.snapshotChunkBytes(),
                snapshots,
                connection,
                schema,
                compiler,
                new SnapshotEvents(dispatcher, new EventFailures(config.getEventProcessingFailureHandlingMode())),
                arrivals::open,
                replication != null,
                slot.created(),
                slot.position(),
                stored,
                commitTimestamps,
                () -> schema.learnAll(connection));
        if (replication == null) {
            CatchUp none = (position, again, running, any, offset, stamp, incomplete) -> {
                throw new IllegalStateException("There is no slot to stream from");
            };
            return new SnapshotFactory(parts, rows, none, Companion.NONE);
        }
        Companion beside = companion(rows, partition, streamed, snapshots.getSnapshotter());
        arrivals.beforeStreaming(new EarlyRecords(stored, beside::note));
        StreamSetup streams = new StreamSetup(
                config,
                config.transport(),
                lookups,
                replication,
                schema,
                dispatcher,
                compiler,
                stored,
                arrivals::open,
                streamed,
                beside,
                () -> schema.learnAll(lookups),
                commitTimestamps,
                settings.acknowledgesIdle());
        return SourceFactory.of(parts, streams, rows);
    }

    /** Reads the tables that are new to the connector, beside the stream. */
    private Companion companion(
            SnapshotSetup rows, PostgresPartition partition, StreamedSoFar streamed, Snapshotter snapshotter) {
        // Where each start reads all tables there is nothing more to be read.
        boolean readsOnce =
                snapshotter.shouldSnapshotData(false, false) && !snapshotter.shouldSnapshotData(true, false);
        Backfill backfill = Backfill.of(
                rows,
                partition,
                streamed,
                settings.newTables() == NewTables.BACKFILL && readsOnce,
                settings.backfillPartBytes(),
                table -> schema.learn(lookups, table));
        open.add(backfill);
        return backfill;
    }

    /** A custom snapshotter may ask for the stream up to the snapshot first; only Debezium's source knows where to stop. */
    private static boolean streamsBeforeSnapshot(SnapshotterService snapshots) {
        return !snapshots.getSnapshotter().shouldStreamEventsStartingFromSnapshot();
    }

    private ChangeDispatcher dispatcher(
            SignalProcessor<PostgresPartition, PostgresOffsetContext> signals, EventMetadata metadata) {
        return new ChangeDispatcher(
                config,
                topics,
                schema,
                queue,
                (partition, table, emitter) -> schema.learn(lookups, table),
                metadata,
                heartbeat(),
                signals,
                service(DebeziumHeaderProducer.class));
    }

    /**
     * A heartbeat statement that the server refuses stops capturing: who relies on it would not notice otherwise. One that
     * does not reach the server is logged by the heartbeat; if the server is gone, the stream says so.
     */
    private ScheduledHeartbeat heartbeat() {
        return new HeartbeatFactory<>()
                .getScheduledHeartbeat(
                        config,
                        () -> new PostgresConnection(config.getJdbcConfig(), PostgresConnection.CONNECTION_GENERAL),
                        failure -> {
                            if (FailurePolicy.isAnswer(failure)) {
                                errorHandler.setProducerThrowable(failure);
                            }
                        },
                        queue);
    }

    /** What converters, post processors and snapshotters of users may look up, under Debezium's names. */
    private void registerBeans(Offsets<PostgresPartition, PostgresOffsetContext> offsets) {
        BeanRegistry beans = config.getBeanRegistry();
        beans.add(StandardBeanNames.DATABASE_SCHEMA, schema);
        beans.add(StandardBeanNames.JDBC_CONNECTION, lookups);
        beans.add(StandardBeanNames.VALUE_CONVERTER, values);
        beans.add(StandardBeanNames.OFFSETS, offsets);
    }

    /** {@code guardrail.collections.*}: keeps a filter that is too wide from filling the memory with schemas. */
    private void checkGuardrail() {
        if (config.getGuardrailCollectionsMax() <= 0) {
            return;
        }
        try {
            new GuardrailValidator(config, schema).validate(connection.getAllTableIds(config.databaseName()));
        } catch (SQLException e) {
            throw new DebeziumException("The tables cannot be counted: " + e.getMessage(), e);
        }
    }

    private Charset databaseCharset() {
        try (PostgresConnection first =
                new PostgresConnection(config.getJdbcConfig(), PostgresConnection.CONNECTION_GENERAL)) {
            return first.getDatabaseCharset();
        }
    }

    private <T extends io.debezium.service.Service> T service(Class<T> type) {
        return required(config.getServiceRegistry().tryGetService(type));
    }

    static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("A part is asked for before capturing was started");
        }
        return part;
    }
}
