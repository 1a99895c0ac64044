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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one-line switch between Debezium and ours, in both directions, in the middle of transactions. */
class SwitchOracleIT {

    private static final int STATEMENTS = 150;
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

    private static List<Workload> workloads() {
        return Workload.TO_BE_INTERRUPTED;
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void noRecordIsMissingAfterASwitch(Workload workload) throws Exception {
        try (Wal wal = Wal.after(server, workload.preparations()).spilling()) {
            // Given
            wal.write(workload.statements());
            Mark end = wal.mark();
            long seed = Budget.seeds(0).findFirst().orElseThrow();

            // When, Then
            Switches.assertComplete(wal, end, new Random(seed), "seed " + seed + ", workload " + workload);
        }
    }

    @TestFactory
    Stream<DynamicNode> noRandomChangeIsMissingAfterASwitch() {
        return Budget.seeds(SHARE).mapToObj(seed -> dynamicTest("seed " + seed, () -> isComplete(seed)));
    }

    private static void isComplete(long seed) throws Throwable {
        try (Wal wal = Wal.after(server, Everything.emptyDatabase())) {
            // Given
            List<Statement> statements = RandomChanges.of(seed, STATEMENTS);
            wal.write(statements);
            Mark end = wal.mark();

            // When, Then
            Statement.printedIfFailing(
                    statements, () -> Switches.assertComplete(wal, end, new Random(seed), "seed " + seed));
        }
    }
}
