// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;
import static dev.tributary.sandbox.chaos.fault.ProcessFaults.pick;

import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes of tables under load. */
final class SchemaFaults {

    static final String FAMILY = "schema";
    static final Set<Part> TOUCHES = Set.of(Part.SCHEMA);
    static final List<String> TABLES = List.of(
            "account", "transfer", "orders", "order_line", "customer", "document", "event_log", "stock", "bulk");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private SchemaFaults() {}

    /** A number that no name has yet. */
    static int number() {
        return NAMES.incrementAndGet();
    }

    static List<Fault> all() {
        return List.of(
                statements(
                        "column added and dropped",
                        (table, name) -> List.of(
                                "ALTER TABLE " + table + " ADD COLUMN " + name + " text DEFAULT 'x'",
                                "ALTER TABLE " + table + " DROP COLUMN " + name)),
                statements(
                        "column added and renamed and dropped",
                        (table, name) -> List.of(
                                "ALTER TABLE " + table + " ADD COLUMN " + name + " int",
                                "ALTER TABLE " + table + " RENAME COLUMN " + name + " TO " + name + "_2",
                                "ALTER TABLE " + table + " DROP COLUMN " + name + "_2")),
                statements(
                        "type of a column changed",
                        (table, name) -> List.of(
                                "ALTER TABLE " + table + " ADD COLUMN " + name + " int DEFAULT 7",
                                "ALTER TABLE " + table + " ALTER COLUMN " + name + " TYPE bigint",
                                "ALTER TABLE " + table + " ALTER COLUMN " + name + " TYPE text",
                                "ALTER TABLE " + table + " DROP COLUMN " + name)),
                statements(
                        "index created and dropped",
                        (table, name) -> List.of(
                                "CREATE INDEX CONCURRENTLY " + name + " ON " + table + " (digest)",
                                "DROP INDEX CONCURRENTLY " + name)),
                statements(
                        "replica identity changed",
                        (table, name) -> List.of(
                                "ALTER TABLE " + table + " REPLICA IDENTITY FULL",
                                table.equals("event_log") || table.equals("stock")
                                        ? "ANALYZE " + table
                                        : "ALTER TABLE " + table + " REPLICA IDENTITY DEFAULT")),
                statements("VACUUM FULL", (table, name) -> List.of("VACUUM FULL " + table)),
                statements(
                        "table clustered",
                        (table, name) -> List.of(
                                "CREATE INDEX " + name + " ON " + table + " (seq)",
                                "CLUSTER " + table + " USING " + name,
                                "ALTER TABLE " + table + " SET WITHOUT CLUSTER",
                                "DROP INDEX " + name)),
                statements(
                        "value added to an enum",
                        (table, name) -> List.of("ALTER TYPE order_status ADD VALUE '" + name + "'")),
                statements("table truncated", (table, name) -> List.of("TRUNCATE scratch")),
                Fault.of(FAMILY, "table locked", TOUCHES, (arena, random) -> {
                    String table = pick(TABLES, random);
                    Connection connection = arena.postgres().connect();
                    Partial.orUndo(
                            () -> {
                                connection.setAutoCommit(false);
                                try (var statement = connection.createStatement()) {
                                    statement.execute("SET lock_timeout = '10s'");
                                    return statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
                                }
                            },
                            connection::close);
                    return new Active(table, between(random, 1, 12), connection::close);
                }));
    }

    /** The statements of a fault, for a table and a new name. */
    private interface Statements {
        List<String> of(String table, String name);
    }

    /** Those that cannot be run now are run at the end, so that nothing of a change remains. */
    private static Fault statements(String kind, Statements statements) {
        return Fault.of(FAMILY, kind, TOUCHES, (arena, random) -> {
            String table = pick(TABLES, random);
            List<String> left = new ArrayList<>(statements.of(table, "n" + NAMES.incrementAndGet()));
            arena.alter(left.remove(0));
            while (!left.isEmpty()) {
                Thread.sleep(random.nextInt(0, 800));
                try {
                    arena.alter(left.get(0));
                } catch (SandboxException e) {
                    return new Active(
                            table + ", in two parts", between(random, 1, 3), () -> left.forEach(arena::alter));
                }
                left.remove(0);
            }
            return Active.over(table);
        });
    }
}
