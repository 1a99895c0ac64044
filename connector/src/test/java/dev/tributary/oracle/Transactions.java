// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.Statement.on;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Transactions of every shape, alone and concurrent. */
final class Transactions {

    private Transactions() {}

    static List<String> tables() {
        return List.of(
                "CREATE TABLE a (id int PRIMARY KEY, v text)",
                "CREATE TABLE b (id int PRIMARY KEY, v text)",
                "CREATE TABLE hidden (id int PRIMARY KEY, v text)",
                "CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY)",
                "CREATE TABLE deferred (id int PRIMARY KEY, other int REFERENCES deferred DEFERRABLE INITIALLY DEFERRED)",
                "CREATE TABLE copied (id int PRIMARY KEY)",
                "CREATE TABLE parted (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (100) TO (200)",
                "SELECT pg_replication_origin_create('far_away_' || current_database())");
    }

    static String[] preparations() {
        List<String> sql = new ArrayList<>(tables());
        sql.add("CREATE PUBLICATION everything FOR ALL TABLES");
        sql.add("CREATE PUBLICATION via_root FOR ALL TABLES WITH (publish_via_partition_root = true)");
        return sql.toArray(String[]::new);
    }

    /** Everything but logical messages within transactions. */
    static List<Statement> changes() {
        return Stream.of(alone(), merged(), subtransactions(), sideBySide(), large(), elsewhere())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Statement> alone() {
        return on(
                0,
                "BEGIN",
                "COMMIT",
                "BEGIN",
                "SELECT count(*) FROM a",
                "COMMIT",
                "BEGIN",
                "INSERT INTO a VALUES (1, 'never')",
                "ROLLBACK",
                "BEGIN",
                "INSERT INTO hidden VALUES (1, 'x')",
                "UPDATE hidden SET v = 'y'",
                "COMMIT",
                "BEGIN",
                "INSERT INTO a VALUES (1, 'x')",
                "INSERT INTO hidden VALUES (2, 'x')",
                "INSERT INTO b VALUES (1, 'x')",
                "COMMIT",
                "BEGIN",
                "INSERT INTO unlogged VALUES (1)",
                "CREATE TEMP TABLE passing AS SELECT 1",
                "COMMIT",
                "BEGIN",
                "UPDATE a SET id = 2",
                "DELETE FROM a",
                "INSERT INTO a VALUES (1, 'again')",
                "UPDATE a SET id = 3, v = 'moved'",
                "TRUNCATE a, b",
                "INSERT INTO a VALUES (3, 'last')",
                "COMMIT",
                "INSERT INTO a VALUES (3, 'x') ON CONFLICT (id) DO UPDATE SET v = 'met'",
                "WITH gone AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM gone",
                "BEGIN",
                "INSERT INTO deferred VALUES (1, 2)",
                "INSERT INTO deferred VALUES (2, 1)",
                "COMMIT",
                "BEGIN",
                "INSERT INTO b VALUES (50, 'two phases')",
                "PREPARE TRANSACTION 'first'",
                "BEGIN",
                "INSERT INTO b VALUES (51, 'two phases')",
                "PREPARE TRANSACTION 'second'",
                "COMMIT PREPARED 'second'",
                "ROLLBACK PREPARED 'first'");
    }

    private static List<Statement> merged() {
        return on(
                0,
                ServerVersion.since(
                                15,
                                List.of(
                                        "MERGE INTO b USING generate_series(2, 4) g ON b.id = g WHEN MATCHED THEN DELETE"
                                                + " WHEN NOT MATCHED THEN INSERT VALUES (g, 'merged')"))
                        .toArray(String[]::new));
    }

    private static List<Statement> subtransactions() {
        List<Statement> statements = new ArrayList<>(on(
                0,
                "BEGIN",
                "INSERT INTO a VALUES (10, 'kept')",
                "SAVEPOINT s",
                "INSERT INTO a VALUES (11, 'not kept')",
                "ROLLBACK TO s",
                "INSERT INTO a VALUES (12, 'kept')",
                "SAVEPOINT t",
                "UPDATE a SET v = 'u' WHERE id = 10",
                "RELEASE t",
                "SAVEPOINT s",
                "DELETE FROM a WHERE id = 12",
                "ROLLBACK TO s",
                "COMMIT",
                "BEGIN",
                "SAVEPOINT s",
                "INSERT INTO a VALUES (13, 'not kept')",
                "ROLLBACK TO s",
                "COMMIT",
                "DO $$ BEGIN INSERT INTO a VALUES (14, 'kept'); BEGIN INSERT INTO a VALUES (14, 'twice');"
                        + " EXCEPTION WHEN unique_violation THEN INSERT INTO b VALUES (14, 'caught'); END; END $$",
                "BEGIN"));
        for (int i = 100; i < 200; i++) {
            statements.addAll(on(0, "SAVEPOINT s" + i, "INSERT INTO a VALUES (" + i + ", 'nested')"));
        }
        statements.addAll(on(0, "ROLLBACK TO s190", "COMMIT"));
        return statements;
    }

    private static List<Statement> sideBySide() {
        return Stream.of(
                        on(1, "BEGIN", "INSERT INTO a VALUES (301, 'first to begin')"),
                        on(2, "BEGIN", "INSERT INTO b VALUES (302, 'first to end')"),
                        on(3, "BEGIN", "INSERT INTO a VALUES (303, 'never')"),
                        on(1, "UPDATE a SET id = 401 WHERE id = 301"),
                        on(2, "INSERT INTO a VALUES (402, 'more')", "COMMIT"),
                        on(0, "INSERT INTO a VALUES (400, 'in between')"),
                        on(3, "ROLLBACK", "BEGIN", "INSERT INTO a VALUES (403, 'after all')"),
                        on(1, "SAVEPOINT s", "DELETE FROM a WHERE id = 401", "ROLLBACK TO s"),
                        on(0, "SELECT pg_logical_emit_message(false, 'aside', 'while others are open')"),
                        on(3, "COMMIT"),
                        on(1, "INSERT INTO parted VALUES (1, 'low'), (101, 'high')", "COMMIT"),
                        on(2, "UPDATE parted SET id = id + 150 WHERE id = 1", "DELETE FROM parted", "TRUNCATE parted"))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Rows that COPY writes together have one LSN. The server spills a transaction that is too large for its memory to
     * disk.
     */
    private static List<Statement> large() {
        return on(
                0,
                "COPY copied FROM PROGRAM 'seq 1 500'",
                "BEGIN",
                "COPY copied FROM PROGRAM 'seq 501 800'",
                "UPDATE copied SET id = -id WHERE id < 300",
                "DELETE FROM copied WHERE id BETWEEN 301 AND 600",
                "COMMIT",
                "INSERT INTO b SELECT i, repeat('x', 100) FROM generate_series(1000, 3000) i");
    }

    /** Transactions that are replicated from another server. */
    private static List<Statement> elsewhere() {
        return on(
                4,
                "SELECT pg_replication_origin_session_setup('far_away_' || current_database())",
                "BEGIN",
                "SELECT pg_replication_origin_xact_setup('1/234', '2020-01-01 00:00:00+00')",
                "INSERT INTO a VALUES (500, 'from far away')",
                "UPDATE a SET id = 501 WHERE id = 500",
                "COMMIT",
                "INSERT INTO a VALUES (502, 'from far away, at an unknown place')",
                "SELECT pg_replication_origin_session_reset()",
                "INSERT INTO a VALUES (503, 'from here')");
    }

    /** Logical messages, between transactions and within them. */
    static List<Statement> messages() {
        List<Statement> statements = new ArrayList<>(on(
                0,
                "SELECT pg_logical_emit_message(true, 'p', 'alone')",
                "SELECT pg_logical_emit_message(false, 'p', 'outside')",
                "BEGIN",
                "SELECT pg_logical_emit_message(true, 'p', 'first')",
                "INSERT INTO b VALUES (900, 'x')",
                "SELECT pg_logical_emit_message(false, 'p', 'overtakes')",
                "SELECT pg_logical_emit_message(true, 'p', 'second')",
                "UPDATE b SET id = 901 WHERE id = 900",
                "SELECT pg_logical_emit_message(true, 'q', 'last')",
                "COMMIT",
                "BEGIN",
                "SELECT pg_logical_emit_message(true, 'p', 'never')",
                "SELECT pg_logical_emit_message(false, 'p', 'all the same')",
                "ROLLBACK"));
        IntStream.range(0, 50)
                .forEach(i -> statements.addAll(on(
                        i % 3,
                        "SELECT pg_logical_emit_message(" + (i % 2 == 0) + ", 'p" + i + "', repeat('x', " + i * 100
                                + "))")));
        return statements;
    }
}
