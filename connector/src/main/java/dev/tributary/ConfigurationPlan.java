// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.Validation;
import dev.tributary.plan.Plan;
import dev.tributary.plan.Planning;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What a configuration would do if the connector started now. {@link ConfigurationCheck} says whether it can. */
public final class ConfigurationPlan {

    private ConfigurationPlan() {}

    /**
     * Makes the plan. Takes a few seconds and changes nothing.
     *
     * @param probes whether to read from the largest table for two seconds, to estimate the time of a snapshot
     * @return empty if the options are not valid, or their database cannot be queried
     */
    public static Optional<Plan> of(Map<String, String> written, boolean probes) {
        if (!Validation.of(written).isValid()) {
            return Optional.empty();
        }
        ConnectorConfig config = ConnectorConfig.of(written);
        try {
            return Optional.of(Planning.of(
                    config,
                    DatabaseCheck.target(config),
                    DatabaseCheck.of(config).survey(),
                    probes));
        } catch (SQLException e) {
            // The check has the finding.
            return Optional.empty();
        }
    }
}
