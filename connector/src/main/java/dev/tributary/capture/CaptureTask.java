// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.AlertNotification;
import dev.tributary.capture.stream.NotificationQueue;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.LoggedOptions;
import dev.tributary.config.OptionNames;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.failure.Traces;
import dev.tributary.handover.Deliveries;
import dev.tributary.handover.Grouping;
import dev.tributary.metrics.EventStatus;
import dev.tributary.position.StartingPoint;
import dev.tributary.postgres.ConnectionTarget;
import io.debezium.config.Configuration;
import io.debezium.config.Field;
import io.debezium.connector.common.BaseSourceTask;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.signal.channels.SignalChannelReader;
import io.debezium.pipeline.spi.Offsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Captures until it fails or is stopped: one run of Debezium's framework, assembled from its parts and ours.
 *
 * <p>It never restarts itself. A failure leaves {@link #poll()} as a {@link CaptureFailedException}, and who owns this
 * task decides whether a new one is to be started.
 */
public final class CaptureTask extends BaseSourceTask<PostgresPartition, PostgresOffsetContext> {

    /** What Debezium calls this kind of connector. */
    static final String CONNECTOR = "postgresql";

    /** How long the task's thread may be kept when nothing arrives: what a pause or a stop has to wait at most. */
    private static final long MAX_WAIT_MILLIS = 500;

    /** How many commits after a delivered record look: the one under way may have begun without it, the next has it. */
    private static final int LOOKS = 2;

    /** How often the stored offset is looked up on the thread that polls. */
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConnectorConfig options;
    private final ConnectionTarget target;
    private final StartingPoint point;
    private final FailurePolicy policy;
    private final Deliveries deliveries;
    private final EventStatus events;
    private final @Nullable Grouping grouping;
    private @Nullable CaptureConfig config;
    private @Nullable TaskContext taskContext;
    private @Nullable Assembly assembly;
    private final Inbox inbox;
    private final OpenParts open = new OpenParts();

    /** Written by the thread on which Connect commits offsets. */
    private volatile @Nullable Map<String, Object> stored;

    private volatile @Nullable Thread polling;

    private volatile long lastLookNanos = System.nanoTime() - BETWEEN_LOOKS_NANOS;

    private final AtomicInteger looksLeft = new AtomicInteger(LOOKS);

    /**
     * @param options what to capture
     * @param target the database
     * @param point where to begin
     * @param policy what follows from a failure
     * @param deliveries counts the records that leave; the caller counts those that Connect is done with
     * @param events counts what Connect has stored, and shows how far the run is
     * @param notifications those that wait; the next task sends what this one has not sent
     * @param grouping how records leave if the connector defines the boundaries of transactions; otherwise null
     */
    public CaptureTask(
            ConnectorConfig options,
            ConnectionTarget target,
            StartingPoint point,
            FailurePolicy policy,
            Deliveries deliveries,
            EventStatus events,
            NotificationQueue notifications,
            @Nullable Grouping grouping) {
        this.options = options;
        this.target = target;
        this.point = point;
        this.policy = policy;
        this.deliveries = deliveries;
        this.events = events;
        this.inbox = new Inbox(notifications);
        this.grouping = grouping;
    }

    @Override
    public CdcSourceTaskContext<PostgresConnectorConfig> preStart(Configuration raw) {
        config = new CaptureConfig(raw, options.capturePath(), options.leftOut());
        taskContext = new TaskContext(raw, config, events);
        return taskContext;
    }

    /** What the framework logs when it starts. */
    @Override
    protected Configuration withMaskedSensitiveOptions(Configuration all) {
        return Configuration.from(LoggedOptions.of(all.asMap()));
    }

    /** What the framework tells OpenLineage: nothing, because a {@link LineageRun} is longer than one attempt. */
    @Override
    protected Map<String, String> getMaskedConfigurationMap(Map<String, String> all) {
        return Map.of();
    }

    /** @throws CaptureFailedException when the parts cannot be put together, above all for want of a connection */
    @Override
    protected ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> start(Configuration raw) {
        CaptureConfig checkedConfig = Assembly.required(config);
        TaskContext checkedContext = Assembly.required(taskContext);
        registerServiceProviders(checkedConfig.getServiceRegistry());
        open.add(checkedConfig.getServiceRegistry());
        try {
            Assembly parts = new Assembly(
                    raw, checkedConfig, checkedContext, options, target, policy, deliveries, grouping, inbox, open);
            assembly = parts;
            Offsets<PostgresPartition, PostgresOffsetContext> offsets = offsets(checkedConfig);
            return parts.coordinate(offsets, point, signalChannels(), getNotificationChannels(), snapshotter -> {
                validateSchemaHistory(checkedConfig, parts.logPositions(), offsets, parts.schema(), snapshotter);
            });
        } catch (RuntimeException e) {
            doStop();
            throw new CaptureFailedException(policy.of(e), Traces.withoutContent(e));
        }
    }

    private List<SignalChannelReader> signalChannels() {
        List<SignalChannelReader> channels = new ArrayList<>(getAvailableSignalChannels());
        ControlSignals control = new ControlSignals(inbox.notifications()::isStreaming);
        open.add(control::close);
        channels.add(control);
        return channels;
    }

    /** The offset to resume from, in Debezium's form. To Debezium, an empty offset is one; here it is none. */
    private Offsets<PostgresPartition, PostgresOffsetContext> offsets(CaptureConfig checkedConfig) {
        PostgresOffsetContext.Loader loader = new PostgresOffsetContext.Loader(checkedConfig);
        return Offsets.of(Collections.singletonMap(
                partitions().getPartitions().iterator().next(),
                point.stored().map(stored -> loader.load(stored.values())).orElse(null)));
    }

    /**
     * Somebody has looked at the catalog while this runs. Captured tables may have been published; those that are new
     * are read. For any thread.
     *
     * @param changed whether the catalog is not as it was at the look before
     */
    public void tablesWereLookedUp(boolean changed) {
        inbox.appearances().lookedUp(changed);
    }

    /** Whether notifications can be sent: while the stream runs. For any thread. */
    public boolean sendsNotifications() {
        return inbox.notifications().isStreaming();
    }

    /**
     * Sends a notification over the channels that are enabled, once the stream is between two transactions. For any
     * thread.
     */
    public void send(AlertNotification notification) {
        inbox.notifications().add(notification);
    }

    @Override
    protected List<SourceRecord> doPoll() throws InterruptedException {
        polling = Thread.currentThread();
        return Assembly.required(assembly).arrivals().poll(MAX_WAIT_MILLIS);
    }

    /** Stops capturing. Who waits for room in the queue is let go first: nobody will poll any more. */
    public void end() {
        if (assembly != null) {
            assembly.arrivals().close();
        }
        stop();
    }

    /**
     * Looks up what Connect has just stored, if that can be anything new. Only here and only then: the offsets are read
     * from Kafka, and a broker that does not answer would keep a task that is to be stopped.
     */
    @Override
    public void commit() throws InterruptedException {
        int left = looksLeft.get();
        if (left > 0 && isLookDue()) {
            stored = context.offsetStorageReader().offset(sourcePartition());
            // If the read fails, or a record was delivered meanwhile, this look does not count.
            looksLeft.compareAndSet(left, left - 1);
        }
        super.commit();
    }

    /**
     * A worker with exactly-once commits after each poll, on the thread that polls; it need not wait each time until
     * the offset has been read back.
     */
    private boolean isLookDue() {
        long now = System.nanoTime();
        if (Thread.currentThread().equals(polling) && now - lastLookNanos < BETWEEN_LOOKS_NANOS) {
            return false;
        }
        lastLookNanos = now;
        return true;
    }

    /** Acknowledges what Connect has stored as this connector's offset, and nothing beyond it. */
    @Override
    public void performCommit() {
        Map<String, Object> acknowledged = stored;
        if (coordinator != null) {
            coordinator.commitOffset(sourcePartition(), acknowledged == null ? Map.of() : acknowledged);
        }
    }

    /** Notes that there will be something new to look up: the acknowledged position comes from what Connect stored. */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        if (looksLeft.get() != LOOKS) {
            looksLeft.set(LOOKS);
        }
    }

    @Override
    protected void doStop() {
        assembly = null;
        events.noQueue();
        open.close();
    }

    @Override
    protected Optional<ErrorHandler> getErrorHandler() {
        return Optional.ofNullable(assembly).map(Assembly::errorHandler);
    }

    @Override
    protected Iterable<Field> getAllConfigurationFields() {
        // Our own validation has checked the host name; Debezium's pattern leaves out IPv6 addresses.
        return StreamSupport.stream(PostgresConnectorConfig.ALL_FIELDS.spliterator(), false)
                .filter(field -> !field.name().equals(OptionNames.DATABASE_HOSTNAME))
                .toList();
    }

    @Override
    protected String connectorName() {
        return CONNECTOR;
    }

    @Override
    public String version() {
        return io.debezium.connector.postgresql.Module.version();
    }

    private Map<String, String> sourcePartition() {
        return partitions().getPartitions().iterator().next().getSourcePartition();
    }

    private SourcePartitions partitions() {
        return new SourcePartitions(options.topicPrefix(), options.database());
    }
}
