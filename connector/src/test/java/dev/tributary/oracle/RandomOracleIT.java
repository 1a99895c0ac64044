// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tributary.postgres.PostgresServer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Random tables, rows, transactions and options, as long as there is time. */
class RandomOracleIT {

    private static final int STATEMENTS = 250;
    private static final int SHARE = 50;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicNode> randomChangesAreEqualToDebeziums() {
        return Budget.seeds(SHARE).mapToObj(seed -> dynamicTest("seed " + seed, () -> areEqual(seed)));
    }

    private static void areEqual(long seed) throws Throwable {
        try (Wal wal = Wal.after(server, Everything.emptyDatabase())) {
            // Given
            List<Statement> statements = RandomChanges.of(seed, STATEMENTS);
            // The names of random tables do not match.
            List<Mode> modes = Modes.ofValues().stream()
                    .filter(mode -> !mode.options().containsKey("table.include.list"))
                    .toList();
            Mode mode = modes.get(new Random(seed).nextInt(modes.size()));
            wal.write(statements);
            Mark end = wal.mark();

            Statement.printedIfFailing(statements, () -> {
                // When
                Readings readings = wal.readTwice(mode, end);

                // Then
                readings.assertSame("seed " + seed + ", mode " + mode);
            });
        }
    }
}
