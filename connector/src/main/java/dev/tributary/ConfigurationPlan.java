// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.ConfigurationCheck.Remark;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.Validation;
import dev.tributary.plan.Plan;
import dev.tributary.plan.PlanJson;
import dev.tributary.plan.Planning;
import dev.tributary.preflight.Finding.Severity;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
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

    /**
     * A plan with what a check has found, as JSON: {@code canStart}, {@code findings}, {@code plan}.
     *
     * @param findings what Connect, the options and the database say
     * @param plan empty if none could be made
     */
    public static String json(List<Remark> findings, Optional<Plan> plan) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("canStart", findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR));
        ArrayNode list = all.putArray("findings");
        for (Remark finding : findings) {
            list.addObject()
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("message", finding.message());
        }
        plan.ifPresentOrElse(made -> all.set("plan", PlanJson.of(made)), () -> all.putNull("plan"));
        return all.toPrettyString();
    }
}
