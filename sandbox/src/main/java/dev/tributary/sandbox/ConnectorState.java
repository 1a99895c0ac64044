// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The status of a connector and its tasks, as a worker reports it.
 *
 * @param status the response to GET /connectors/x/status
 */
record ConnectorState(JsonNode status) {

    /** Whether the connector and all its tasks run, and it has a task. */
    boolean isRunning() {
        return !status.path("tasks").isEmpty() && parts().allMatch(part -> is(part, "RUNNING"));
    }

    /** The trace of the first that has failed, connector or task. */
    Optional<String> failure() {
        return parts().filter(part -> is(part, "FAILED"))
                .map(part -> part.path("trace").asText("no trace"))
                .findFirst();
    }

    @Override
    public String toString() {
        return status.toString();
    }

    private Stream<JsonNode> parts() {
        return Stream.concat(
                Stream.of(status.path("connector")),
                StreamSupport.stream(status.path("tasks").spliterator(), false));
    }

    private static boolean is(JsonNode part, String state) {
        return part.path("state").asText("").equals(state);
    }
}
