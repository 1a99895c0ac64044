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

/** Wherever a task is stopped, the next one resumes at exactly that record: none is missing, none is out of order. */
class ResumeOracleIT {

    private static final Mode PLAIN = Mode.of("every operation", "skipped.operations", "none");

    /** Without messages within transactions, which Debezium counts under a name that differs in each run. */
    private static final Mode TRANSACTION_METADATA = Mode.of(
            "transaction metadata",
            "provide.transaction.metadata",
            "true",
            "skipped.operations",
            "none",
            "message.prefix.exclude.list",
            "p");

    private static final Mode METADATA_WITHOUT_CREATES = Mode.of(
            "transaction metadata without creates",
            "provide.transaction.metadata",
            "true",
            "skipped.operations",
            "c",
            "message.prefix.exclude.list",
            "p");

    private static final int STATEMENTS = 150;
    private static final int SHARE = 25;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Stream<Workload> workloads() {
        return Stream.concat(Stream.of(Workload.HUGE), Workload.TO_BE_INTERRUPTED.stream());
    }

    private static List<Workload> changesOfSeveralRecords() {
        return Workload.OF_SEVERAL_RECORDS;
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void eachRestartIsExact(Workload workload) throws Exception {
        try (Wal wal = Wal.after(server, workload.preparations()).spilling()) {
            // Given
            wal.write(workload.statements());
            Mark end = wal.mark();
            long seed = Budget.seeds(0).findFirst().orElseThrow();

            // When, Then
            Restarts.assertExact(wal, PLAIN, end, new Random(seed), "seed " + seed + ", workload " + workload);
        }
    }

    /** An update of the key is never sent to its end then. */
    @ParameterizedTest
    @MethodSource("changesOfSeveralRecords")
    void transactionMetadataIsExactWithoutTheCreates(Workload workload) throws Exception {
        assertMetadataExact(workload, METADATA_WITHOUT_CREATES);
    }

    @ParameterizedTest
    @MethodSource("changesOfSeveralRecords")
    void transactionMetadataIsExactAfterEachRestart(Workload workload) throws Exception {
        assertMetadataExact(workload, TRANSACTION_METADATA);
    }

    private static void assertMetadataExact(Workload workload, Mode mode) throws Exception {
        try (Wal wal = Wal.after(server, workload.preparations())) {
            // Given
            wal.write(workload.statements());
            Mark end = wal.mark();
            long seed = Budget.seeds(0).findFirst().orElseThrow();

            // When, Then
            Restarts.assertExact(wal, mode, end, new Random(seed), "seed " + seed + ", workload " + workload);
        }
    }

    @TestFactory
    Stream<DynamicNode> randomChangesAreResumedExactly() {
        return random(PLAIN);
    }

    @TestFactory
    Stream<DynamicNode> metadataOfRandomTransactionsIsResumedExactly() {
        return random(TRANSACTION_METADATA);
    }

    private static Stream<DynamicNode> random(Mode mode) {
        return Budget.seeds(SHARE).mapToObj(seed -> dynamicTest("seed " + seed, () -> isExact(mode, seed)));
    }

    private static void isExact(Mode mode, long seed) throws Throwable {
        try (Wal wal = Wal.after(server, Everything.emptyDatabase())) {
            // Given
            List<Statement> statements = RandomChanges.of(seed, STATEMENTS);
            wal.write(statements);
            Mark end = wal.mark();

            // When, Then
            Statement.printedIfFailing(
                    statements, () -> Restarts.assertExact(wal, mode, end, new Random(seed), "seed " + seed));
        }
    }
}
