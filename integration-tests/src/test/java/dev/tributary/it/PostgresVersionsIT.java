// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot and changes, on each supported version of Postgres. */
class PostgresVersionsIT {

    private final Servers servers = Servers.shared();

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void snapshotAndChangesArrive(int version) throws Exception {
        // Given
        TestDatabase database = Servers.database(servers.postgres(version));
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text, price numeric(8, 2), tags text[])",
                "INSERT INTO item VALUES (1, 'in the snapshot', 1.50, '{a,b}')");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.item")
                        .with("decimal.handling.mode", "string")
                        .with("topic.creation.default.partitions", "1");
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();
            topics.await(1);
            database.execute(
                    "INSERT INTO item VALUES (2, 'two', 2.00, NULL)",
                    "UPDATE item SET name = 'zwei' WHERE id = 2",
                    "DELETE FROM item WHERE id = 2");

            // Then
            List<Change> changes = topics.await("item", 5);
            assertThat(changes)
                    .extracting(Change::brief)
                    .containsExactly("r {\"id\":1}", "c {\"id\":2}", "u {\"id\":2}", "d {\"id\":2}", "- {\"id\":2}");
            assertThat(changes.subList(0, 3))
                    .extracting(change -> change.after().toString())
                    .containsExactly(
                            "{\"id\":1,\"name\":\"in the snapshot\",\"price\":\"1.50\",\"tags\":[\"a\",\"b\"]}",
                            "{\"id\":2,\"name\":\"two\",\"price\":\"2.00\",\"tags\":null}",
                            "{\"id\":2,\"name\":\"zwei\",\"price\":\"2.00\",\"tags\":null}");
        }
    }
}
