// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Sandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Deadlock, lock timeout, a key or a partition that another transaction has taken away. */
    private static final Set<String> EXPECTED_FAILURES = Set.of("40P01", "55P03", "23505", "23514");

    private static final String BANK = "SELECT (SELECT sum(balance) FROM account) + (SELECT sum(balance) FROM savings)";

    private static Sandbox sandbox;
    private static PostgresServer postgres;
    private static int databases;

    private String database = "";
    private Connection connection;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.open();
        postgres = sandbox.postgres().withoutFsync().start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void prepare() throws SQLException {
        database = "load_" + databases++;
        postgres.execute(PostgresServer.DATABASE, "CREATE DATABASE " + database);
        connection = connect();
        Load.prepare(connection, 10_000);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void theRowsOfTheBeginningAreInTheTruth() throws SQLException {
        TruthAudit audit = new TruthAudit(connection);

        audit.assertTruth();
        assertThat(Truth.changes(connection)).hasSizeBetween(9_500, 10_500).allMatch(change -> change.op() == 'c');
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theTruthAgreesWithTheTables(long seed) throws SQLException {
        // Given
        System.out.println("seed " + seed);
        TruthAudit audit = new TruthAudit(connection);
        execute(
                "CREATE PUBLICATION changes FOR TABLE truth.change",
                "SELECT pg_create_logical_replication_slot('order_" + database + "', 'pgoutput')");

        // When
        try (Load load = new Load(this::connect, seed).rate(1_000).start()) {
            load.largeTransaction(7_000);
            await().atMost(LIMIT).until(() -> load.largeTransactionsEnded() == 1 && load.committed() > 1_500);
            load.largeTransaction(7_000);
            load.largeTransaction(7_000);
            await().atMost(LIMIT).until(() -> load.largeTransactionsEnded() == 3 && load.committed() > 2_500);
            load.pause();

            // Then
            assertThat(open()).isZero();
            assertThat(load.rolledBack()).isPositive();
            assertThat(EXPECTED_FAILURES).containsAll(load.failures().keySet());
        }
        assertThat(audit.number(BANK)).isEqualTo(Bank.SUM);
        audit.assertTruth();
        audit.assertOrder(commits());
        for (LoadTable table : LoadTable.values()) {
            assertThat(audit.number("SELECT count(*) FROM truth.change WHERE op <> 'c' AND relation = '"
                                    + table.relation() + "'")
                            > 0)
                    .as("changes of %s", table.relation())
                    .isEqualTo(table != LoadTable.PULSE);
        }
    }

    @Test
    void theLoadContinuesAfterACrashOfTheServer() throws SQLException {
        // Given
        try (Load load = new Load(this::connect, 4).rate(500).start();
                Pulse pulse = Pulse.start(this::connect)) {
            await().atMost(LIMIT).until(() -> load.committed() > 200 && pulse.last() > 0);

            // When
            postgres.kill();
            postgres.start();

            // Then
            long committed = load.committed();
            long beat = pulse.last();
            await().atMost(LIMIT).until(() -> load.committed() > committed + 200 && pulse.last() > beat);
        }
        connection = connect();
        new TruthAudit(connection).assertTruth();
    }

    @Test
    void aFrozenServerDoesNotKeepTheLoadFromClosing() {
        // Given
        Load load = new Load(this::connect, 5).rate(500).start();
        Pulse pulse = Pulse.start(this::connect);
        await().atMost(LIMIT).until(() -> load.committed() > 100 && pulse.last() > 0);

        // When
        postgres.pause();
        try {
            pulse.close();
            load.close();
        } finally {
            postgres.resume();
        }

        // Then
        await().atMost(LIMIT).until(() -> open() == 0);
        await().atMost(LIMIT)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.startsWith("load-") || name.equals("pulse")));
    }

    @Test
    void attachedAndDetachedPartitionsAreInTheTruth() throws SQLException {
        // Given
        TruthAudit audit = new TruthAudit(connection);
        try (Load load = new Load(this::connect, 6).rate(500).start()) {
            await().atMost(LIMIT).until(() -> load.committed() > 100);

            // When
            long attached = Partitions.attachFilled(connection, 7, 100);
            long detached = Partitions.detach(connection, 2);
            execute("UPDATE measurement SET level = 0 WHERE id < " + (7 * Partitions.SPAN + 50));
            long committed = load.committed();
            await().atMost(LIMIT).until(() -> load.committed() > committed + 200);

            // Then
            assertThat(audit.number(count(attached, 'c'))).isEqualTo(100);
            assertThat(audit.number(count(detached, 'd'))).isPositive();
            assertThat(audit.number("SELECT count(*) FROM truth.change WHERE op = 'u' AND relation = 'measurement'"
                            + " AND key::int >= " + 7 * Partitions.SPAN))
                    .isEqualTo(50);
            assertThat(load.failures()).containsKey("23514");
        }
        audit.assertTruth();
    }

    @Test
    void aTruncateIsInTheTruthWithoutAKey() throws SQLException {
        // When
        execute("TRUNCATE scratch, stock", "INSERT INTO scratch (id, note) VALUES (1, 'after')");

        // Then
        new TruthAudit(connection).assertTruth();
        assertThat(Truth.changes(connection).stream().filter(change -> change.op() == Change.TRUNCATE))
                .allMatch(change -> change.key() == null && change.digest() == null)
                .extracting(Change::relation)
                .containsExactlyInAnyOrder("scratch", "stock");
    }

    @Test
    void theTriggersLeaveAnUnchangedBodyOutOfTheWal() throws SQLException {
        // Given
        long large = new TruthAudit(connection)
                .number("SELECT id FROM document WHERE length(body) > 30000 ORDER BY id LIMIT 1");
        execute(
                "CREATE PUBLICATION changes FOR TABLE document",
                "SELECT pg_create_logical_replication_slot('toast_" + database + "', 'pgoutput')");

        // When
        execute("UPDATE document SET title = 'new', revision = 1 WHERE id = " + large);

        // Then
        assertThat(new TruthAudit(connection).number("SELECT max(length(data)) FROM " + decoded("toast_", 'U')))
                .isBetween(1L, 1_000L);
    }

    /** The ids of the transactions that wrote a change, in the order of their commits. */
    private List<Long> commits() throws SQLException {
        List<Long> commits = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT xid::text::bigint FROM " + decoded("order_", 'C'))) {
            while (row.next()) {
                commits.add(row.getLong(1));
            }
        }
        return commits;
    }

    private String decoded(String slot, char message) {
        return "pg_logical_slot_get_binary_changes('" + slot + database + "', NULL, NULL, 'proto_version', '1',"
                + " 'publication_names', 'changes') WHERE get_byte(data, 0) = " + (int) message;
    }

    private static String count(long lsn, char op) {
        return "SELECT count(*) FROM truth.change WHERE relation = 'measurement' AND op = '" + op
                + "' AND lsn - '0/0'::pg_lsn = " + lsn;
    }

    /** Open transactions of clients: autovacuum has one of its own now and then. */
    private long open() throws SQLException {
        return new TruthAudit(connection)
                .number("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database
                        + "' AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
                        + " AND xact_start IS NOT NULL");
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database) + "?connectTimeout=3&loginTimeout=3", PostgresServer.SUPERUSER, "");
    }
}
