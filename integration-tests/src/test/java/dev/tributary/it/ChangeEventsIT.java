// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What arrives in Kafka for what happens in Postgres. */
class ChangeEventsIT {

    private final Servers servers = Servers.shared();

    @Test
    void aRowIsReadInTheSnapshotAndItsChangesFollowInOrder() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text)", "INSERT INTO item VALUES (1, 'in the snapshot')");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, database)) {
            // When
            connector.start();
            topics.await(1);
            database.execute(
                    "INSERT INTO item VALUES (2, 'two')",
                    "UPDATE item SET name = 'zwei' WHERE id = 2",
                    "DELETE FROM item WHERE id = 2");

            // Then
            List<Change> changes = topics.await("item", 5);
            assertThat(changes)
                    .extracting(Change::brief)
                    .containsExactlyInAnyOrder(
                            "r {\"id\":1}", "c {\"id\":2}", "u {\"id\":2}", "d {\"id\":2}", "- {\"id\":2}");
        }
    }
}
