// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.capture.LineageRun;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.failure.Failure;
import dev.tributary.metrics.Journal;
import dev.tributary.metrics.Journal.Kind;
import dev.tributary.metrics.Journal.Severity;
import dev.tributary.metrics.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Reports how a task is to JMX, the journal and OpenLineage. */
final class TaskReport implements AutoCloseable {

    /** As long as the console shows what happened; if the task has failed, its connector may be on another worker. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.HOURS);

    private final String topicPrefix;
    private final TaskMetrics metrics;
    private final TaskStatus status;
    private final Journal journal;
    private final EventSampling samples;
    private final LineageRun lineage;

    private TaskReport(ConnectorConfig config, LineageRun lineage, TaskMetrics metrics) {
        this.topicPrefix = config.topicPrefix();
        this.metrics = metrics;
        this.status = metrics.status();
        this.journal = Journal.of(topicPrefix);
        this.samples = EventSampling.open(topicPrefix);
        this.lineage = lineage;
    }

    /** A task starts. */
    static TaskReport open(ConnectorConfig config, Map<String, String> properties, TaskMetrics metrics) {
        return new TaskReport(config, LineageRun.start(properties), metrics);
    }

    TaskMetrics metrics() {
        return metrics;
    }

    TaskStatus status() {
        return status;
    }

    /** An attempt has begun to capture. */
    void running(List<String> warnings) {
        warnings(warnings);
        status.running();
        journal.add(Kind.STATE, Severity.INFO, "The task is running");
        lineage.running();
    }

    /** Replaces the warnings. */
    void warnings(List<String> found) {
        List<String> before = List.of(status.getWarnings());
        status.warnings(found);
        found.stream()
                .filter(warning -> !before.contains(warning))
                .forEach(warning -> journal.add(Kind.FINDING, Severity.WARNING, warning));
    }

    void polled(@Nullable List<SourceRecord> records) {
        metrics.polled(records);
        samples.add(records);
    }

    /** An attempt begins after a failure. */
    void retrying() {
        metrics.ofWorker().run();
        status.retried();
    }

    /** An attempt has failed, and another one follows. */
    void waiting(Failure.Retriable failure, int attempts, Exception cause) {
        lineage.failed(cause, false);
        status.waiting(failure.waitingFor(), failure.kind().name(), failure.what(), attempts);
        journal.add(Kind.FAILURE, Severity.WARNING, failure.what());
        journal.add(Kind.STATE, Severity.WARNING, "The task waits for " + failure.waitingFor());
    }

    /** The task has failed for good. */
    void failed(Exception cause, Failure.Kind kind) {
        status.failed(kind.name());
        lineage.failed(cause, true);
        journal.add(Kind.FAILURE, Severity.ERROR, text(cause));
        journal.add(Kind.STATE, Severity.ERROR, "The task has failed");
    }

    /** The messages of other exceptions are not ours, and can contain what is in a row. */
    private static String text(Exception cause) {
        String message = cause.getMessage();
        return cause instanceof ConnectException && message != null
                ? message
                : cause.getClass().getSimpleName() + ", see the trace";
    }

    /** The task has ended. */
    @Override
    public void close() {
        lineage.close();
        samples.close();
        metrics.close();
        journal.add(Kind.STATE, Severity.INFO, "The task is stopped");
        closeJournalLater(topicPrefix);
    }

    /** What waits for so long holds the name, and nothing of the task, which can be large. */
    private static void closeJournalLater(String topicPrefix) {
        LATER.execute(() -> Journal.closeUnused(topicPrefix));
    }
}
