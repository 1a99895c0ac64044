// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.console.worker.ConfigProviders;
import dev.tributary.console.worker.PlansBean;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;

/**
 * Plans the first start of a connector. This worker does it, so what it finds is what the connector would find here.
 *
 * <p>Its path is that of {@link FactsResource}: of several classes, JAX-RS asks only those with the best path.
 */
@Path("/tributary/api")
public final class PlanResource {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PlansBean plans;
    private final ConfigProviders providers;

    public PlanResource(PlansBean plans, ConfigProviders providers) {
        this.plans = plans;
        this.providers = providers;
    }

    /**
     * Plans a configuration.
     *
     * @param body the options of a connector as an object, as in {@code PUT /connectors/…/config}; or an object with
     *     the fields {@code name} and {@code config}, as in {@code POST /connectors}
     */
    @POST
    @Path("plan")
    public Response plan(String body, @DefaultValue("true") @QueryParam("probe") boolean probe) {
        return Answers.of(() -> plans.plan(providers.resolve(options(body)), probe));
    }

    private static Map<String, String> options(String body) {
        JsonNode all = parsed(body);
        JsonNode config = all.path("config").isObject() ? all.path("config") : all;
        if (!config.isObject() || config.isEmpty()) {
            throw new IllegalArgumentException("The body must be a JSON object with the options of a connector");
        }
        Map<String, String> options = new HashMap<>();
        config.properties().forEach(option -> {
            if (option.getValue().isContainerNode()) {
                throw new IllegalArgumentException(option.getKey() + " must be a text, not an object or a list");
            }
            options.put(option.getKey(), option.getValue().asText());
        });
        if (all.path("name").isTextual()) {
            options.putIfAbsent("name", all.path("name").asText());
        }
        return options;
    }

    private static JsonNode parsed(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            // A message of the parser can contain a password.
            throw new IllegalArgumentException(
                    "The body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        }
    }
}
