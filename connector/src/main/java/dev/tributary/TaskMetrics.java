// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.handover.Deliveries;
import dev.tributary.metrics.EventCounter;
import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.TaskStatus;
import dev.tributary.record.CapturedRecord;
import dev.tributary.version.Version;
import dev.tributary.version.WorkerRelease;
import java.util.List;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task shows of itself: MBeans, and on a worker that has them, metrics in the worker's own registry.
 *
 * @param status its state
 * @param events the events that are stored
 * @param deliveries the records on their way
 * @param ofWorker adds what is missing in the worker's registry
 */
record TaskMetrics(TaskStatus status, EventStatus events, Deliveries deliveries, Runnable ofWorker)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

    static TaskMetrics open(ConnectorConfig config, SourceTaskContext context, Deliveries deliveries) {
        String prefix = config.topicPrefix();
        String connector = config.connectorName();
        TaskStatus status = TaskStatus.open(prefix, connector);
        EventStatus events = EventStatus.open(prefix, connector, Version.current(), deliveries::isComplete);
        return new TaskMetrics(status, events, deliveries, ofWorker(context, prefix, status, events));
    }

    private static Runnable ofWorker(
            SourceTaskContext context, String topicPrefix, TaskStatus status, EventStatus events) {
        if (WorkerRelease.hasPluginMetrics()) {
            try {
                @Nullable PluginMetrics metrics = context.pluginMetrics();
                if (metrics != null) {
                    return new WorkerMetrics(metrics, topicPrefix, status, events, System::nanoTime);
                }
            } catch (LinkageError e) {
                // The task runs in something that is not a worker, and that was compiled against an older release.
                LOG.debug("No metrics of plugins here", e);
            }
        }
        return () -> {};
    }

    /** Connect gets records. */
    void polled(@Nullable List<SourceRecord> records) {
        ofWorker.run();
        if (records != null) {
            departed(records);
        }
    }

    /** The first change of a poll is the oldest: records are in the order of commits. */
    private void departed(List<SourceRecord> records) {
        int changes = 0;
        long oldest = EventStatus.NO_COMMIT;
        for (SourceRecord record : records) {
            if (record instanceof CapturedRecord captured && captured.hasCommitTime()) {
                oldest = changes == 0 ? captured.commitMillis() : oldest;
                changes++;
            }
        }
        if (changes > 0) {
            events.departed(changes, oldest, deliveries.wasComplete());
        }
    }

    /**
     * Connect is done with a record.
     *
     * @param isStored whether it is stored in a topic
     */
    void confirmed(SourceRecord record, boolean isStored) {
        deliveries.confirmed(isStored);
        if (record instanceof CapturedRecord captured) {
            count(captured, isStored);
            if (captured.hasCommitTime()) {
                events.arrived();
            }
        }
    }

    private void count(CapturedRecord record, boolean isStored) {
        EventCounter counter = record.counter();
        if (counter == null) {
            return;
        }
        if (isStored) {
            events.stored(counter, record.commitMillis());
        } else {
            events.dropped();
        }
    }

    @Override
    public void close() {
        events.close();
        status.close();
    }
}
