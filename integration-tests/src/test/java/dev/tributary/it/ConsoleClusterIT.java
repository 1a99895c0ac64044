// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.ConnectWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The consoles of two workers of a cluster. */
class ConsoleClusterIT {

    private final Servers servers = Servers.shared();

    /** A second worker, whose operator wants values to be shown, and which then does not answer any more. */
    @Test
    void eachWorkerShowsTheTasksOfAll() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id serial PRIMARY KEY, note text)");
        ConnectWorker one = pair();
        ConnectWorker two = pair();
        try (TestConnector connector = new TestConnector(one.rest(), database).start();
                Topics topics = new Topics(servers, connector)) {
            database.execute("INSERT INTO item (note) VALUES (repeat('long ', 1000))");
            topics.await(1);
            String path = "api/connectors/" + connector.name();

            for (ConnectWorker asked : List.of(one, two)) {
                // When
                await("facts at " + asked).until(() -> {
                    JsonNode facts = new ConsoleApi(asked).json(path).path("facts");
                    return facts.path("task").path("state").asText().equals("RUNNING") && facts.has("connector");
                });
                await("an event at " + asked)
                        .until(() -> !new ConsoleApi(asked)
                                .json(path + "/samples?topic=" + connector.name() + ".public.item")
                                .path("events")
                                .isEmpty());
                String sample = new ConsoleApi(asked)
                        .json(path + "/samples?topic=" + connector.name() + ".public.item")
                        .toString();

                // Then
                assertThat(sample).contains("long long").contains("…").hasSizeLessThan(1000);
            }

            // When
            String owner = new ConsoleApi(one)
                    .json(path)
                    .path("tasks")
                    .path(0)
                    .path("worker")
                    .asText();
            ConnectWorker runs = one.restUrl().getAuthority().equals(owner) ? one : two;
            ConnectWorker other = runs == one ? two : one;
            runs.pause();
            try {
                // Then
                await("a worker that does not answer")
                        .until(() -> new ConsoleApi(other)
                                .json("api/connectors").path("workers").findValuesAsText("problem").stream()
                                        .anyMatch(problem -> problem.contains("cannot be reached")));
            } finally {
                runs.resume();
            }
        } finally {
            one.close();
            two.close();
        }
    }

    private ConnectWorker pair() {
        return servers.worker("console-pair")
                .property("rest.extension.classes", ConsoleIT.EXTENSION)
                .property("console.event.values", "true")
                .start();
    }
}
