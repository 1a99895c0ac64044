// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slot retains no WAL of changes that a transform drops, even if that is everything since the snapshot began. */
class DroppedRecordsIT {

    private static final long WRITTEN_BYTES = 30L << 20;
    private static final long RETAINED_BYTES = 1L << 20;

    private final Servers servers = Servers.shared();

    @ParameterizedTest(name = "exactly-once {0}")
    @ValueSource(booleans = {false, true})
    void walOfRecordsThatATransformDropsIsNotRetained(boolean exactlyOnce) throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "INSERT INTO a VALUES (1)",
                "CREATE TABLE z (id serial PRIMARY KEY, filler text)",
                "INSERT INTO z (filler) SELECT 'x' FROM generate_series(1, 9)");
        try (ConnectWorker worker = servers.worker("dropping-" + exactlyOnce)
                        .property("exactly.once.source.support", exactlyOnce ? "enabled" : "disabled")
                        .property("offset.flush.interval.ms", "500")
                        .start();
                TestConnector connector = new TestConnector(worker.rest(), database)
                        .tables("public.a,public.z")
                        .with("snapshot.max.threads", "1")
                        .with("transforms", "filter")
                        .with("transforms.filter.type", "org.apache.kafka.connect.transforms.Filter")
                        .with("transforms.filter.predicate", "isOfZ")
                        .with("predicates", "isOfZ")
                        .with(
                                "predicates.isOfZ.type",
                                "org.apache.kafka.connect.transforms.predicates.TopicNameMatches")
                        .with("predicates.isOfZ.pattern", ".*\\.z")
                        .start();
                Topics topics = new Topics(servers, connector)) {
            topics.await("a", 1);
            long before = number(database, "SELECT pg_current_wal_lsn() - '0/0'");

            // When
            while (number(database, "SELECT pg_current_wal_lsn() - '0/0'") - before < WRITTEN_BYTES) {
                database.execute("INSERT INTO z (filler) SELECT repeat('x', 900) FROM generate_series(1, 500) AS i");
            }

            // Then
            await().untilAsserted(() -> assertThat(retained(database)).isLessThan(RETAINED_BYTES));

            // When
            connector.rest().restart(connector.name(), true);
            database.execute("INSERT INTO a VALUES (2)");

            // Then
            assertThat(topics.await("a", 2))
                    .extracting(Change::brief)
                    .containsExactlyInAnyOrder("r {\"id\":1}", "c {\"id\":2}");
        }
    }

    private static long retained(TestDatabase database) throws Exception {
        return number(
                database,
                "SELECT pg_current_wal_lsn() - confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '"
                        + database.name() + "'");
    }

    private static long number(TestDatabase database, String sql) throws Exception {
        return Long.parseLong(Objects.requireNonNull(database.query(sql)));
    }
}
