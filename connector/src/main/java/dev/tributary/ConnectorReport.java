// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.EffectiveOptions;
import dev.tributary.metrics.ConnectorStatusMXBean;
import dev.tributary.metrics.FindingStatus;
import dev.tributary.metrics.Journal;
import dev.tributary.metrics.OptionStatus;
import dev.tributary.metrics.Registration;
import dev.tributary.preflight.Finding;
import dev.tributary.version.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a connector in JMX as long as the worker has it, and checks it on request. */
final class ConnectorReport implements ConnectorStatusMXBean {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorReport.class);

    private final ConnectorConfig config;
    private final List<OptionStatus> options;
    private final Registration registration;
    private final JmxCall checks = new JmxCall("check of this connector");

    private ConnectorReport(ConnectorConfig config) {
        this.config = config;
        this.options = EffectiveOptions.of(config.properties()).stream()
                .map(option -> new OptionStatus(option.name(), option.value(), option.standard(), option.isChanged()))
                .toList();
        this.registration = Registration.of("connector", config.topicPrefix(), this);
    }

    /** Registers a connector that has started, instead of one with its topic prefix before; null if that fails. */
    static @Nullable ConnectorReport tryToOpen(ConnectorConfig config) {
        try {
            ConnectorReport report = new ConnectorReport(config);
            report.journal("The connector is started or resumed");
            return report;
        } catch (RuntimeException e) {
            LOG.warn("JMX does not show connector {}", config.connectorName(), e);
            return null;
        }
    }

    /** The connector is paused, stopped, or gone. To be called by Connect's thread of the connector. */
    void stopped() {
        journal("The connector is paused or stopped");
        PausedConnector.whenGone(() -> {
            if (registration.end()) {
                Journal.closeUnused(config.topicPrefix());
            }
        });
    }

    private void journal(String text) {
        Journal.of(config.topicPrefix()).add(Journal.Kind.STATE, Journal.Severity.INFO, text);
    }

    @Override
    public String getName() {
        return config.connectorName();
    }

    @Override
    public String getVersion() {
        return Version.current();
    }

    @Override
    public List<OptionStatus> getOptions() {
        return options;
    }

    @Override
    public List<FindingStatus> check() {
        return checks.run(() -> DatabaseCheck.of(config).findings().stream()
                .map(ConnectorReport::status)
                .toList());
    }

    private static FindingStatus status(Finding finding) {
        return new FindingStatus(
                finding.severity().name(),
                finding.option(),
                finding.found(),
                finding.consequence(),
                finding.fix().text());
    }
}
