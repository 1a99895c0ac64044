// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;

import dev.tributary.postgres.PostgresServer;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.preflight.Finding.Severity;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server with room for 300 locks. */
class LockRoomIT {

    private static PostgresServer server;

    private TestDatabase database;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start(
                18,
                Map.of(
                        "max_locks_per_transaction", "10",
                        "max_connections", "30",
                        "max_prepared_transactions", "0"));
    }

    @BeforeEach
    void newDatabase() {
        database = server.newDatabase();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesASnapshotThatNeedsMoreLocksThanTheServerHas() {
        // Given
        createTables(301);
        var request = Requests.on(database.target("postgres"));

        // Then
        assertOne(request.run(), "The snapshot locks 301 tables, and the server has room for 300 locks")
                .is(Severity.ERROR, "database.hostname")
                .says("out of shared memory")
                .fixedBy("ALTER SYSTEM SET max_locks_per_transaction = 21");
        assertNone(request.snapshot(false, false).run(), "locks");
    }

    @Test
    void warnsOfASnapshotThatNeedsMostOfTheLocks() {
        // Given
        createTables(151);

        // Then
        assertOne(Requests.on(database.target("postgres")).run(), "The snapshot locks 151 tables")
                .is(Severity.WARNING, "database.hostname");
    }

    private void createTables(int tables) {
        database.execute(IntStream.rangeClosed(1, tables)
                .mapToObj(i -> "CREATE TABLE t" + i + " (id int PRIMARY KEY)")
                .toArray(String[]::new));
    }
}
