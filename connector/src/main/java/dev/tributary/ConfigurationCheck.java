// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ChangedDefaults;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.KnownOptions;
import dev.tributary.config.Validation;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Checks a configuration without starting the connector: what {@code PUT /connector-plugins/…/config/validate} reports,
 * and the warnings that its answer has no field for.
 */
public final class ConfigurationCheck {

    private ConfigurationCheck() {}

    /**
     * A problem or a note.
     *
     * @param severity how serious it is
     * @param message the problem and how to fix it, after the name of the option
     */
    public record Remark(Severity severity, String message) {}

    /**
     * Checks the options and, if they are valid, their database. Takes a few seconds at most and changes nothing. A
     * configuration of Debezium's connector also gets the defaults that change.
     *
     * @return errors first; empty when everything is fine
     */
    public static List<Remark> of(Map<String, String> written) {
        List<Remark> remarks = new ArrayList<>();
        Validation validation = Validation.of(written);
        validation.errors().forEach(error -> remarks.add(new Remark(Severity.ERROR, error)));
        if (validation.isValid()) {
            for (Finding finding : DatabaseCheck.of(ConnectorConfig.of(written)).findings()) {
                remarks.add(new Remark(finding.severity(), finding.option() + ": " + finding.message()));
            }
        }
        if (ChangedDefaults.DEBEZIUM.equals(written.get("connector.class"))) {
            ChangedDefaults.in(written).forEach(change -> remarks.add(new Remark(Severity.INFO, change)));
        }
        KnownOptions.warnings(written).forEach(warning -> remarks.add(new Remark(Severity.WARNING, warning)));
        remarks.sort(Comparator.comparing(Remark::severity));
        return List.copyOf(remarks);
    }
}
