// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of the cluster is shown: few facts of all connectors, or all facts of one. */
final class Views {

    /** What makes a connector's facts long. */
    private static final List<String> LONG = List.of("history", "journal", "connector", "samples", "initialSnapshot");

    private Views() {}

    /** All connectors; the one that is named, if there is one, with all its facts. */
    static ObjectNode of(ObjectNode cluster, @Nullable String name) {
        ObjectNode view = cluster.deepCopy();
        for (JsonNode connector : view.path("connectors")) {
            if (!connector.path("name").asText().equals(name) && connector.get("facts") instanceof ObjectNode facts) {
                facts.remove(LONG);
                for (String bean : List.of("snapshot", "events")) {
                    if (facts.get(bean) instanceof ObjectNode found) {
                        found.remove("tables");
                    }
                }
            }
        }
        return view;
    }
}
