// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;

import dev.tributary.postgres.PostgresServer;
import dev.tributary.preflight.Finding.Severity;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublicationBefore18IT {

    @Test
    void aPublicationThatIsYoungerThanTheSlotMayBeMissingAtItsPosition() throws IOException {
        try (var server = PostgresServer.start(17, Map.of())) {
            var database = server.newDatabase();
            var request = Requests.on(database.target("postgres"));
            var slot = "slot_" + database.name();
            database.execute(
                    "CREATE TABLE orders (id int PRIMARY KEY)",
                    "CREATE PUBLICATION pub FOR TABLE orders",
                    "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
            assertNone(request.run(), "after the position of slot");

            // When
            database.execute("DROP PUBLICATION pub");
            var missing = request.run();
            database.execute("CREATE PUBLICATION pub FOR TABLE orders");
            var younger = request.run();

            // Then
            assertOne(missing, "publication pub does not").is(Severity.WARNING, "publication.name");
            assertOne(younger, "Publication pub was created, or changed by ALTER PUBLICATION, after the position")
                    .is(Severity.WARNING, "publication.name")
                    .says("PUBLICATION_MISSING", "SELECT pg_drop_replication_slot('" + slot + "')");

            // When
            database.execute(
                    "SELECT pg_drop_replication_slot('" + slot + "')",
                    "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");

            // Then
            assertNone(request.run(), "after the position of slot");
        }
    }
}
