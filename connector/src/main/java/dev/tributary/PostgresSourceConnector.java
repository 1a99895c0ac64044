// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.KnownOptions;
import dev.tributary.config.Options;
import dev.tributary.config.Validation;
import dev.tributary.metrics.Journal;
import dev.tributary.preflight.Finding;
import dev.tributary.version.Version;
import dev.tributary.version.WorkerRelease;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures the row changes of a PostgreSQL database and publishes each as a keyed change event, in one topic per table.
 *
 * <p>It replaces Debezium's Postgres connector, and can be replaced by it, without a change of options, topics, events
 * or offsets.
 */
public final class PostgresSourceConnector extends SourceConnector {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSourceConnector.class);

    private Map<String, String> properties = Map.of();
    private Guards.@Nullable Lease guard;
    private @Nullable ConnectorReport report;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return Options.definition();
    }

    @Override
    public Config validate(Map<String, String> written) {
        WorkerRelease.require();
        warnOfUnknownOptions(written);
        Validation validation = Validation.of(written);
        if (validation.isValid()) {
            checkDatabase(written, validation);
        }
        return new Config(validation.values());
    }

    private static void checkDatabase(Map<String, String> written, Validation validation) {
        for (Finding finding : DatabaseCheck.of(ConnectorConfig.of(written)).findings()) {
            if (finding.severity() == Finding.Severity.ERROR) {
                validation.addError(finding.option(), finding.message());
            } else {
                FindingLog.write(finding);
            }
        }
    }

    /** Connect has no warnings, so they are logged; {@code ./tributary check} prints them as well. */
    private static void warnOfUnknownOptions(Map<String, String> written) {
        KnownOptions.warnings(written).forEach(LOG::warn);
    }

    @Override
    public void start(Map<String, String> written) {
        WorkerRelease.require();
        properties = Map.copyOf(written);
        ConnectorConfig config = ConnectorConfig.of(written);
        guard = Guards.ofConnector(config);
        report = ConnectorReport.tryToOpen(config);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSourceTask.class;
    }

    /**
     * One task, whatever {@code maxTasks} allows: a replication slot has a single reader, which keeps changes in order.
     */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    @Override
    public void stop() {
        properties = Map.of();
        // A slot is lost when nobody reads it, so it is watched while the connector is paused.
        if (guard != null) {
            guard.pausedUntil(PausedConnector.gone());
        }
        if (report != null) {
            report.stopped();
        }
    }

    /**
     * Accepts new offsets if they belong to this connector and the slot can still send the changes after them.
     *
     * @throws ConnectException with every problem of the offsets
     */
    @Override
    public boolean alterOffsets(Map<String, String> written, Map<Map<String, ?>, @Nullable Map<String, ?>> offsets) {
        ConnectorConfig config = ConnectorConfig.of(written);
        new OffsetsCheck(config).check(offsets);
        boolean isReset = offsets.values().stream().allMatch(Objects::isNull);
        Journal.existing(config.topicPrefix())
                .ifPresent(journal -> journal.add(
                        Journal.Kind.STATE,
                        Journal.Severity.INFO,
                        "The stored offsets are " + (isReset ? "deleted" : "changed")));
        return true;
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> written) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /** Debezium's own sources do not say where a transaction ends. */
    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> written) {
        return Options.usesOwnSources(written)
                ? ConnectorTransactionBoundaries.SUPPORTED
                : ConnectorTransactionBoundaries.UNSUPPORTED;
    }
}
