// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.failure.Traces;
import dev.tributary.position.StoredOffset;
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
import io.debezium.pipeline.spi.Offsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** How long the task's thread may be kept when nothing arrives: what a pause or a stop has to wait at most. */
    private static final long MAX_WAIT_MILLIS = 500;

    /** How many commits after a delivered record look: the one under way may have begun without it, the next has it. */
    private static final int LOOKS = 2;

    private final ConnectorConfig options;
    private final ConnectionTarget target;
    private final boolean afresh;
    private final FailurePolicy policy;
    private @Nullable CaptureConfig config;
    private @Nullable TaskContext taskContext;
    private @Nullable Assembly assembly;
    private final OpenParts open = new OpenParts();

    /** Written by the thread on which Connect commits offsets. */
    private volatile @Nullable Map<String, Object> stored;

    private final AtomicInteger looksLeft = new AtomicInteger(LOOKS);

    /**
     * @param options what to capture
     * @param target the database
     * @param afresh whether the stored offset is not to be used, so that a new snapshot is taken where the snapshot
     *     mode takes one
     * @param policy what follows from a failure
     */
    public CaptureTask(ConnectorConfig options, ConnectionTarget target, boolean afresh, FailurePolicy policy) {
        this.options = options;
        this.target = target;
        this.afresh = afresh;
        this.policy = policy;
    }

    @Override
    public CdcSourceTaskContext<PostgresConnectorConfig> preStart(Configuration raw) {
        config = new CaptureConfig(raw, options.capturePath());
        taskContext = new TaskContext(raw, config);
        return taskContext;
    }

    /** @throws CaptureFailedException when the parts cannot be put together, above all for want of a connection */
    @Override
    protected ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> start(Configuration raw) {
        CaptureConfig checkedConfig = Assembly.required(config);
        TaskContext checkedContext = Assembly.required(taskContext);
        registerServiceProviders(checkedConfig.getServiceRegistry());
        open.add(checkedConfig.getServiceRegistry());
        try {
            Assembly parts = new Assembly(raw, checkedConfig, checkedContext, options, target, policy, open);
            assembly = parts;
            Offsets<PostgresPartition, PostgresOffsetContext> offsets =
                    getPreviousOffsets(partitions(), new PostgresOffsetContext.Loader(checkedConfig));
            Optional<StoredOffset> storedOffset = storedOffset();
            if (storedOffset.isEmpty()) {
                // To Debezium an empty offset is one; it stores such when all that was sent is a notification.
                offsets.resetOffset(offsets.getTheOnlyPartition());
            }
            return parts.coordinate(
                    offsets, storedOffset, getAvailableSignalChannels(), getNotificationChannels(), snapshotter -> {
                        validateSchemaHistory(
                                checkedConfig, parts.logPositions(), offsets, parts.schema(), snapshotter);
                    });
        } catch (RuntimeException e) {
            doStop();
            throw new CaptureFailedException(policy.of(e), Traces.withoutContent(e));
        }
    }

    private Optional<StoredOffset> storedOffset() {
        return afresh
                ? Optional.empty()
                : StoredOffset.of(context.offsetStorageReader().offset(sourcePartition()));
    }

    @Override
    protected List<SourceRecord> doPoll() throws InterruptedException {
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
        if (looksLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            stored = context.offsetStorageReader().offset(sourcePartition());
        }
        super.commit();
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
        open.close();
    }

    @Override
    protected Optional<ErrorHandler> getErrorHandler() {
        return Optional.ofNullable(assembly).map(Assembly::errorHandler);
    }

    @Override
    protected Iterable<Field> getAllConfigurationFields() {
        return PostgresConnectorConfig.ALL_FIELDS;
    }

    @Override
    protected String connectorName() {
        return "postgresql";
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
