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
import dev.tributary.preflight.Survey;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a configuration would do if the connector started now. {@link ConfigurationCheck} says whether it can.
 *
 * @param plan empty if the options are not valid, or their database cannot be queried
 * @param problem what keeps a plan from being made that the check does not find; empty if nothing does
 */
public record ConfigurationPlan(Optional<Plan> plan, Optional<Remark> problem) {

    /**
     * Makes the plan. Takes a few seconds and changes nothing.
     *
     * @param probes whether to read from the largest table for two seconds, to estimate the time of a snapshot
     */
    public static ConfigurationPlan of(Map<String, String> written, boolean probes) {
        if (!Validation.of(written).isValid()) {
            return new ConfigurationPlan(Optional.empty(), Optional.empty());
        }
        ConnectorConfig config = ConnectorConfig.of(written);
        Survey survey;
        try {
            survey = DatabaseCheck.of(config).survey();
        } catch (SQLException e) {
            // The check has the finding.
            return new ConfigurationPlan(Optional.empty(), Optional.empty());
        }
        try {
            return new ConfigurationPlan(
                    Optional.of(Planning.of(config, DatabaseCheck.target(config), survey, probes)), Optional.empty());
        } catch (SQLException e) {
            return new ConfigurationPlan(
                    Optional.empty(),
                    Optional.of(new Remark(
                            Severity.WARNING,
                            "There is no plan: the sizes of the tables cannot be read (SQLSTATE " + e.getSQLState()
                                    + "). Fix: try again; if it stays, look into the log of the server")));
        }
    }

    /**
     * The plan with what a check has found: {@code canStart}, {@code findings}, {@code plan}.
     *
     * @param findings what Connect, the options and the database say
     * @param mostSchemas of how many topics it has the schemas
     */
    public ObjectNode json(List<Remark> findings, int mostSchemas) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("canStart", findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR));
        ArrayNode list = all.putArray("findings");
        Stream.concat(findings.stream(), problem.stream())
                .forEach(finding -> list.addObject()
                        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                        .put("message", finding.message()));
        plan.ifPresentOrElse(made -> all.set("plan", PlanJson.of(made, mostSchemas)), () -> all.putNull("plan"));
        return all;
    }
}
