// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.workload;

import dev.tributary.sandbox.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Inserts into many tables, or into tables of many databases, in turn. */
public final class SpreadWorkload {

    private final PostgresServer postgres;
    private final List<String> databases;
    private final List<String> tables;
    private long nextId = 1;

    private SpreadWorkload(PostgresServer postgres, List<String> databases, List<String> tables) throws SQLException {
        this.postgres = postgres;
        this.databases = databases;
        this.tables = tables;
        for (String database : databases) {
            // One row after the other, each into the next table.
            postgres.execute(database, """
                    CREATE OR REPLACE FUNCTION spread(first bigint, last bigint, tables text[]) RETURNS void
                    LANGUAGE plpgsql AS $$
                    BEGIN
                        FOR id IN first..last LOOP
                            EXECUTE 'INSERT INTO ' || tables[1 + id % array_length(tables, 1)]
                                || $sql$ SELECT id, %s FROM (SELECT $1) AS one (id) $sql$ USING id;
                        END LOOP;
                    END $$""".replace("%s", BenchTable.values()));
        }
    }

    /** Into copies of the table of all benchmarks, in its database. Each row goes to another table than the last. */
    public static SpreadWorkload tables(BenchTable bench, PostgresServer postgres, int count) throws SQLException {
        List<String> tables = IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format("public.item%04d", number))
                .toList();
        for (String table : tables) {
            bench.copy(table, 0);
        }
        return new SpreadWorkload(postgres, List.of(BenchTable.DATABASE), tables);
    }

    /** Into databases with one table each. Each transaction is in another database than the last. */
    public static SpreadWorkload databases(PostgresServer postgres, int count) throws SQLException {
        List<String> databases = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            String database = BenchTable.DATABASE + number;
            BenchTable.create(postgres, database);
            databases.add(database);
        }
        return new SpreadWorkload(postgres, databases, List.of(BenchTable.TABLE));
    }

    /** The databases, which all have the tables. */
    public List<String> databases() {
        return List.copyOf(databases);
    }

    /** The tables of each database, each with its schema. */
    public List<String> tables() {
        return List.copyOf(tables);
    }

    /** Inserts the same number of rows into each database, and runs a checkpoint. */
    public Backlog load(long rows) throws SQLException {
        Backlog backlog = new Backlog(nextId, nextId + rows - 1);
        nextId += rows;
        long perTransaction = Math.min(Backlog.ROWS_PER_TRANSACTION, Math.max(1, rows / databases.size()));
        List<Connection> connections = new ArrayList<>();
        try {
            for (String database : databases) {
                connections.add(postgres.connect(PostgresServer.SUPERUSER, database));
            }
            int turn = 0;
            for (long id = backlog.firstId(); id <= backlog.lastId(); id += perTransaction) {
                insert(connections.get(turn), id, Math.min(id + perTransaction - 1, backlog.lastId()));
                turn = (turn + 1) % connections.size();
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
        postgres.execute(databases.get(0), "CHECKPOINT");
        return backlog;
    }

    private void insert(Connection connection, long first, long last) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("SELECT spread(?, ?, ?)")) {
            insert.setLong(1, first);
            insert.setLong(2, last);
            insert.setArray(3, connection.createArrayOf("text", tables.toArray()));
            insert.execute();
        }
    }
}
