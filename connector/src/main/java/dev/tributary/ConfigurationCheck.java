// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.KnownOptions;
import dev.tributary.config.Validation;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be said about a configuration without starting the connector: what REST's validate says, and the
 * warnings that REST has no place for. */
public final class ConfigurationCheck {

    private ConfigurationCheck() {}

    /**
     * One thing to say.
     *
     * @param severity how bad it is
     * @param message what it is and how to mend it, with the name of the option in front
     */
    public record Remark(Severity severity, String message) {}

    /**
     * Checks options, and if they are in order, the database they name. Takes a few seconds at most; changes nothing.
     *
     * @return errors first; empty when there is nothing to say
     */
    public static List<Remark> of(Map<String, String> written) {
        List<Remark> remarks = new ArrayList<>();
        Validation validation = Validation.of(written);
        validation.errors().forEach(error -> remarks.add(new Remark(Severity.ERROR, error)));
        if (validation.isValid()) {
            for (Finding finding : new DatabaseCheck(ConnectorConfig.of(written), Optional.empty()).findings()) {
                remarks.add(new Remark(finding.severity(), finding.option() + ": " + finding.message()));
            }
        }
        KnownOptions.warnings(written).forEach(warning -> remarks.add(new Remark(Severity.WARNING, warning)));
        remarks.sort(Comparator.comparing(Remark::severity));
        return List.copyOf(remarks);
    }
}
