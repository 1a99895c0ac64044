// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions of the database that are too large for one of Kafka, with a real worker. */
class LargeTransactionsIT {

    private static final String PART = "tributary.transaction.part";
    private static final int ROWS = 300;
    private static final int LARGE_ROW = 20_000_000;

    private final Servers servers = Servers.shared();
    private TestDatabase database;
    private ConnectWorker worker;

    @BeforeEach
    void start() throws Exception {
        database = servers.database();
        database.execute("CREATE TABLE documents (id int PRIMARY KEY, content text)");
        worker = servers.worker("large-transactions")
                .property("exactly.once.source.support", "enabled")
                .start();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    private TestConnector connector() {
        return new TestConnector(worker.rest(), database)
                .tables("public.documents")
                .with("exactly.once.support", "required")
                .with("transaction.boundary", "connector")
                .with("transaction.max.bytes", "1000000")
                .with("topic.creation.default.max.message.bytes", "30000000")
                .with("producer.override.max.request.size", "30000000");
    }

    private static String rows(int first) {
        return "INSERT INTO documents SELECT i, repeat('x', 10000) FROM generate_series(" + first + ", "
                + (first + ROWS - 1) + ") AS i";
    }

    @Test
    void itIsCommittedInMarkedPartsEvenIfTheWorkerIsKilledBetweenThem() throws Exception {
        try (TestConnector connector = connector().start();
                Topics topics = new Topics(servers, connector)) {
            // When
            database.transaction(
                    rows(1), "INSERT INTO documents SELECT 1000, repeat('x', " + LARGE_ROW + ")", rows(1001));
            topics.await(1);
            worker.kill();
            worker.start();
            List<Change> changes = topics.await(2 * ROWS + 1);

            // Then
            assertThat(changes)
                    .extracting(change -> change.after().path("id").asInt())
                    .containsExactlyInAnyOrderElementsOf(ids());
            assertThat(changes)
                    .filteredOn(
                            change -> change.after().path("content").asText().length() == LARGE_ROW)
                    .singleElement()
                    .extracting(change -> change.after().path("id").asInt())
                    .isEqualTo(1000);
            assertThat(changes)
                    .extracting(change -> change.headers().getOrDefault(PART, "1"))
                    .contains("1", "2", "3", "4", "5");
            assertThat(changes)
                    .filteredOn(change -> !change.headers().containsKey(PART))
                    .extracting(change -> change.after().path("id").asInt())
                    .contains(1)
                    .doesNotContain(ROWS, 1000, 1001);
        }
    }

    private static List<Integer> ids() {
        return Stream.of(IntStream.rangeClosed(1, ROWS), IntStream.of(1000), IntStream.rangeClosed(1001, 1000 + ROWS))
                .flatMap(IntStream::boxed)
                .toList();
    }

    @Test
    void ifItMustNotBeDividedNothingOfItIsCommittedUntilTheLimitIsRaised() throws Exception {
        try (TestConnector connector =
                        connector().with("transaction.oversize", "fail").start();
                Topics topics = new Topics(servers, connector)) {
            // When
            database.execute("INSERT INTO documents VALUES (1000, 'small')");
            database.transaction(rows(1));
            await("failure").until(() -> connector.taskState().equals("FAILED"));

            // Then
            assertThat(connector.trace()).contains("more than 1000000 bytes", "Raise transaction.max.bytes");
            topics.await(1);
            topics.readAvailable();
            assertThat(topics.changes())
                    .extracting(change -> change.after().path("id").asInt())
                    .containsExactly(1000);

            // When
            connector.with("transaction.max.bytes", "10000000").startAgain();
            List<Change> changes = topics.await(1 + ROWS);

            // Then
            assertThat(changes)
                    .hasSize(1 + ROWS)
                    .allMatch(change -> !change.headers().containsKey(PART));
        }
    }
}
