// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.ConnectWorker;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With a worker that writes records and offsets in one transaction, each change arrives once, whatever is killed. {@code
 * -Dkills=5} for more.
 */
class ExactlyOnceIT {

    private static final int KILLS = Integer.getInteger("kills", 1);

    private final Servers servers = Servers.shared();

    @ParameterizedTest
    @ValueSource(strings = {"poll", "interval"})
    void eachChangeArrivesOnceAlthoughTheWorkerIsKilled(String boundary) throws Exception {
        // Given
        TestDatabase database = servers.database();
        Traffic.prepare(database);
        try (ConnectWorker worker = servers.worker("exactly-once-" + boundary)
                        .property("exactly.once.source.support", "enabled")
                        .start();
                TestConnector connector = new TestConnector(worker.rest(), database)
                        .tables("public.versioned")
                        .with("exactly.once.support", "required")
                        .with("transaction.boundary", boundary)
                        .with("transaction.boundary.interval.ms", "300");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await(1);
            try (Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();

                // When
                for (int i = 0; i < KILLS; i++) {
                    delivery.awaitWritten();
                    worker.kill();
                    delivery.awaitWritten();
                    worker.start();
                    delivery.awaitProgress();
                }

                // Then
                delivery.finish();
                topics.readWhatIsThere();
                List<Long> versions = topics.changes().stream()
                        .map(change -> change.after().path("version").asLong())
                        .toList();
                assertThat(versions).doesNotHaveDuplicates();
                System.out.println("ExactlyOnceIT: " + versions.size() + " changes, " + KILLS + " kills, " + boundary);
            }
        }
    }
}
