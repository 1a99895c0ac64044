// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.metrics.PlansMXBean;
import java.util.Map;

/** Plans for the worker's console, which makes this MBean by the name of its class. */
public final class Plans implements PlansMXBean {

    private static final JmxCall PLANS = new JmxCall("plan");

    /** The schemas of ten thousand tables are more than a page or a worker's heap should get. */
    private static final int MOST_SCHEMAS = 300;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** For the console. */
    public Plans() {
        // It has no state.
    }

    @Override
    public String plan(String configuration, String probe) {
        Map<String, String> options = options(configuration);
        return PLANS.run(() -> ConfigurationPlan.of(options, Boolean.parseBoolean(probe))
                .json(ConfigurationCheck.of(options), MOST_SCHEMAS)
                .toString());
    }

    private static Map<String, String> options(String configuration) {
        try {
            return MAPPER.readValue(configuration, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            // Its message repeats what it could not read.
            throw new IllegalArgumentException("The configuration must be a JSON object whose values are texts");
        }
    }
}
