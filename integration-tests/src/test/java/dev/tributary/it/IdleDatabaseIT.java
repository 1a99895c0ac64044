// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A slot retains no WAL when there is nothing to send. That needs no heartbeat table. */
class IdleDatabaseIT {

    /** {@code -Didle.megabytes=1024} writes more than a build should spend time on. */
    private static final long WRITTEN_BYTES = Long.getLong("idle.megabytes", 30) << 20;

    private static final long RETAINED_BYTES = 1L << 20;

    private final Servers servers = Servers.shared();

    @Test
    void walOfTablesThatAreNotCapturedIsNotRetained() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY)",
                "CREATE TABLE elsewhere (id int, filler text)",
                "INSERT INTO item VALUES (1)");
        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.item")
                        .start();
                Topics topics = new Topics(servers, database)) {
            topics.await("item", 1);
            database.execute("INSERT INTO item VALUES (2)");
            topics.await("item", 2);
            long before = number(database, "SELECT pg_current_wal_lsn() - '0/0'");

            // When
            while (number(database, "SELECT pg_current_wal_lsn() - '0/0'") - before < WRITTEN_BYTES) {
                database.execute("INSERT INTO elsewhere SELECT i, repeat('x', 900) FROM generate_series(1, 5000) AS i");
            }

            // Then
            await().untilAsserted(() -> assertThat(number(
                            database,
                            "SELECT pg_current_wal_lsn() - confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '"
                                    + database.name() + "'"))
                    .isLessThan(RETAINED_BYTES));

            // When
            connector.rest().restart(connector.name(), true);
            database.execute("INSERT INTO item VALUES (3)");

            // Then
            assertThat(topics.await("item", 3))
                    .extracting(Change::brief)
                    .containsExactlyInAnyOrder("r {\"id\":1}", "c {\"id\":2}", "c {\"id\":3}");
        }
    }

    private static long number(TestDatabase database, String sql) throws Exception {
        return Long.parseLong(Objects.requireNonNull(database.query(sql)));
    }
}
