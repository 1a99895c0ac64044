// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.capture.CaptureTask;
import dev.tributary.capture.stream.NotificationQueue;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.Placeholders;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.Failure;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.handover.Deliveries;
import dev.tributary.position.StoredOffset;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.ProducerChecks;
import dev.tributary.version.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task that Connect runs. It captures, and after a failure that can be temporary it waits and captures again.
 *
 * <p>Each attempt is a new {@link CaptureTask}. It resumes after the last record that Connect has taken over; apart
 * from that, no attempt leaves state to the next one.
 */
public final class PostgresSourceTask extends SourceTask {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSourceTask.class);

    private @Nullable ConnectorConfig config;
    private @Nullable Readiness readiness;
    private @Nullable Retries retries;
    private @Nullable TaskReport report;
    private final Deliveries deliveries = new Deliveries();
    private final NotificationQueue notifications = new NotificationQueue();
    private @Nullable TableList lists;
    private @Nullable TakenOver takenOver;
    private RunningConnectors.@Nullable Claim claim;
    private @Nullable TableWatch watch;
    private Guards.@Nullable Lease guard;

    /** Null if the worker has no transactions, or defines their boundaries itself. */
    private @Nullable SourceTransactions transactions;

    /** The task's thread sets it; Connect's threads for offsets and acknowledgements read it. */
    private volatile @Nullable CaptureTask running;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> properties) {
        refusePlaceholders(properties);
        ConnectorConfig complete = ConnectorConfig.of(properties);
        config = complete;
        claim = RunningConnectors.claim(complete);
        retries = new Retries(complete.longestRetryPause(), complete.maxRetries(), System::nanoTime);
        report = TaskReport.open(complete, properties, TaskMetrics.open(complete, context, deliveries));
        lists = new TableList(complete.topicPrefix());
        takenOver = new TakenOver(complete);
        transactions = SourceTransactions.of(context, complete, report.status());
        if (transactions != null) {
            deliveries.inGroups();
        }
        readiness = new Readiness(complete, FailurePolicy.of(complete), ofWorker(complete));
        guard = Guards.ofTask(complete, () -> running);
        attempt();
    }

    private List<Finding> ofWorker(ConnectorConfig complete) {
        return Stream.concat(
                        SourceTransactions.findings(context, complete).stream(), ProducerChecks.of(complete).stream())
                .toList();
    }

    /** The worker of the task can lack a config provider that the worker which validated has. */
    private static void refusePlaceholders(Map<String, String> properties) {
        Map<String, String> problems = Placeholders.unresolved(properties);
        if (!problems.isEmpty()) {
            throw new ConnectException(problems.entrySet().stream()
                    .map(problem -> problem.getKey() + ": " + problem.getValue())
                    .collect(Collectors.joining("\n")));
        }
    }

    /**
     * Returns the records that have arrived, or null while waiting. Never blocks for long, so the task stops quickly.
     */
    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        deliveries.polled();
        CaptureTask capture = running;
        if (capture == null) {
            if (retries().awaitNext()) {
                report().retrying();
                attempt();
            }
            return null;
        }
        try {
            List<SourceRecord> records = capture.poll();
            takenOver().polled(records);
            retries().running(records != null && !records.isEmpty());
            List<SourceRecord> complete = lists().of(records);
            report().polled(complete);
            if (transactions != null && complete != null) {
                if (complete.isEmpty()) {
                    // Connect commits only after records.
                    capture.commit();
                }
                transactions.commit(complete);
            }
            return complete;
        } catch (CaptureFailedException e) {
            end(capture);
            waitOrFail(e);
            return null;
        } catch (RetriableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e, Failure.Kind.UNEXPECTED);
        }
    }

    @Override
    public void commit() throws InterruptedException {
        deliveries.committed();
        CaptureTask capture = running;
        if (capture != null) {
            capture.commit();
            lists().committed(context.offsetStorageReader());
        }
    }

    /** The record is stored, or a transform has dropped it. It may be a record of an earlier attempt. */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        report().metrics().confirmed(record, metadata != null);
        CaptureTask capture = running;
        if (capture != null) {
            capture.commitRecord(record, metadata);
        }
    }

    @Override
    public void stop() {
        if (guard != null) {
            guard.close();
        }
        CaptureTask capture = running;
        if (capture != null) {
            end(capture);
        }
        if (report != null) {
            report.close();
        }
        if (claim != null) {
            claim.close();
        }
    }

    private void attempt() {
        ConnectorConfig complete = Objects.requireNonNull(config, "started");
        retries().started();
        try {
            Optional<StoredOffset> stored = storedOffset(complete);
            Optional<StoredOffset> resumed = takenOver().offset().or(() -> stored);
            Readiness.Start start = readiness().establish(resumed, stored);
            CaptureTask capture = new CaptureTask(
                    start.config(),
                    DatabaseCheck.target(start.config()),
                    start.point(),
                    FailurePolicy.of(complete),
                    deliveries,
                    report().metrics().events(),
                    notifications,
                    transactions == null ? null : transactions.grouping());
            capture.initialize(context);
            capture.start(start.config().properties());
            running = capture;
            report().running(start.warnings().all());
            watchTables(start, capture);
        } catch (CaptureFailedException e) {
            waitOrFail(e);
        } catch (RuntimeException e) {
            throw failed(e, Failure.Kind.UNEXPECTED);
        }
    }

    private void watchTables(Readiness.Start start, CaptureTask capture) {
        ConnectorConfig options = start.config();
        if (options.streams()) {
            watch = TableWatch.start(
                    readiness().catalog(start, () -> storedOffset(options), warnings -> found(warnings, capture)),
                    capture::tablesWereLookedUp,
                    options.tableLookInterval());
        }
    }

    /** A look that ends late says nothing about the next attempt. */
    private void found(TaskWarnings warnings, CaptureTask capture) {
        if (capture.equals(running)) {
            report().warnings(warnings.all());
        }
    }

    private Optional<StoredOffset> storedOffset(ConnectorConfig complete) {
        return TableList.resolve(context.offsetStorageReader(), complete.topicPrefix());
    }

    /** This task does nothing any more, even if Connect stops it later. */
    private <E extends Exception> E failed(E e, Failure.Kind kind) {
        report().failed(e, kind);
        Objects.requireNonNull(claim, "started").close();
        return e;
    }

    private void waitOrFail(CaptureFailedException e) {
        if (e.failure() instanceof Failure.Fatal fatal) {
            throw failed(new ConnectException(fatal.message(), e.getCause()), fatal.kind());
        }
        Failure.Retriable retriable = (Failure.Retriable) e.failure();
        boolean isLast = !retries().failed();
        if (isLast) {
            String what = retriable.what() + " Gave up after " + retries().attempts() + " attempts in a row"
                    + " (errors.max.retries).";
            throw failed(new ConnectException(what, e.getCause()), retriable.kind());
        }
        report().waiting(retriable, retries().attempts(), e);
        LOG.warn(
                "{} Waiting for {}; next attempt in {} ms.",
                retriable.what(),
                retriable.waitingFor(),
                retries().pause().toMillis());
    }

    private void end(CaptureTask capture) {
        running = null;
        if (watch != null) {
            watch.close();
            watch = null;
        }
        capture.end();
    }

    private Readiness readiness() {
        return Objects.requireNonNull(readiness, "started");
    }

    private TaskReport report() {
        return Objects.requireNonNull(report, "started");
    }

    private TableList lists() {
        return Objects.requireNonNull(lists, "started");
    }

    private TakenOver takenOver() {
        return Objects.requireNonNull(takenOver, "started");
    }

    private Retries retries() {
        return Objects.requireNonNull(retries, "started");
    }
}
