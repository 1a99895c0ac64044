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

/** Shows a connector in JMX as long as the worker has it, and checks it on request. */
final class ConnectorReport implements ConnectorStatusMXBean {

    private final ConnectorConfig config;
    private final List<OptionStatus> options;
    private final Registration registration;

    private ConnectorReport(ConnectorConfig config) {
        this.config = config;
        this.options = EffectiveOptions.of(config.properties()).stream()
                .map(option -> new OptionStatus(option.name(), option.value(), option.standard(), option.isChanged()))
                .toList();
        this.registration = Registration.of("connector", config.topicPrefix(), this);
    }

    /** Registers a connector that has started, instead of one with its topic prefix before. */
    static ConnectorReport open(ConnectorConfig config) {
        return new ConnectorReport(config);
    }

    /** The connector is paused, stopped, or gone. To be called by Connect's thread of the connector. */
    void stopped() {
        PausedConnector.whenGone(() -> {
            if (registration.end()) {
                Journal.closeUnused(config.topicPrefix());
            }
        });
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

    /** One at a time: each takes a connection. */
    @Override
    public synchronized List<FindingStatus> check() {
        return PluginLoader.call(() -> DatabaseCheck.of(config).findings().stream()
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
