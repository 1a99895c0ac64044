// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;
import static dev.tributary.sandbox.chaos.fault.ProcessFaults.pick;

import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import dev.tributary.sandbox.chaos.load.LoadTable;
import dev.tributary.sandbox.chaos.load.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Tables that change their names. */
final class NameFaults {

    /** A task that starts meanwhile finds no table of the name, or one that is not published, and may not read it. */
    private static final Pattern FAILURE =
            Pattern.compile("matches no table of|Publication .* lacks|is not allowed to read");

    /** A failed task is restarted afterwards, which needs a worker. */
    private static final Set<Part> TOUCHES = Set.of(Part.SCHEMA, Part.CONNECTOR, Part.WORKERS);

    private NameFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(SchemaFaults.FAMILY, "table renamed and renamed back", TOUCHES, (arena, random) -> {
                    String table = pick(SchemaFaults.TABLES, random);
                    return away(
                            arena,
                            random,
                            table,
                            table + "_away",
                            List.of(rename(table, table + "_away")),
                            List.of(rename(table + "_away", table)));
                }),
                Fault.of(SchemaFaults.FAMILY, "tables swap their names and back", TOUCHES, (arena, random) -> {
                    String table = pick(SchemaFaults.TABLES, random);
                    // The other one is not captured. It has no rows, and the load cannot write to it.
                    String twin = "twin_" + SchemaFaults.number();
                    return away(
                            arena,
                            random,
                            table,
                            twin,
                            List.of(
                                    "CREATE TABLE " + twin + " (id int PRIMARY KEY, other text)",
                                    rename(table, twin + "_passing"),
                                    rename(twin, table),
                                    rename(twin + "_passing", twin)),
                            List.of(
                                    rename(table, twin + "_passing"),
                                    rename(twin, table),
                                    "DROP TABLE " + twin + "_passing"));
                }),
                Fault.of(
                        SchemaFaults.FAMILY,
                        "table replaced by another one",
                        SchemaFaults.TOUCHES,
                        NameFaults::replaced));
    }

    private static String rename(String table, String name) {
        return "ALTER TABLE " + table + " RENAME TO " + name;
    }

    /** A captured table has another name for a while, and some of its rows change meanwhile. */
    private static Active away(
            Arena arena, SplittableRandom random, String table, String name, List<String> away, List<String> back)
            throws Exception {
        LogSince before = LogSince.ofWorkers(arena);
        Active active = Expected.failure(arena, FAILURE, log -> {
            long from = arena.lsn();
            Fault.Undo undo = () -> {
                arena.alter(back.toArray(String[]::new));
                arena.ledger().reread(table, from, arena.lsn(), "the table had another name");
            };
            Partial.orUndo(
                    () -> {
                        arena.alter(away.toArray(String[]::new));
                        return table;
                    },
                    // In case that only the confirmation is missing; else it fails.
                    () -> arena.alter(back.toArray(String[]::new)));
            int changed = Partial.orUndo(() -> change(arena, name), undo);
            return new Active(table, between(random, 1, 8), undo).seenBy(() -> changed > 0);
        });
        return Rereading.of(table, before, active);
    }

    private static int change(Arena arena, String name) {
        return Integer.parseInt(arena.query("WITH changed AS (UPDATE " + name
                + " SET seq = seq WHERE ctid IN (SELECT ctid FROM " + name
                + " ORDER BY seq LIMIT 20 FOR UPDATE SKIP LOCKED) RETURNING 1) SELECT count(*) FROM changed"));
    }

    /** The usual way to rewrite a table: a new one takes its name, and the old one is dropped. */
    private static Active replaced(Arena arena, SplittableRandom random) throws Exception {
        String old = "scratch_" + SchemaFaults.number();
        List<String> statements = new ArrayList<>(List.of(
                "ALTER TABLE scratch RENAME TO " + old,
                "CREATE TABLE scratch (LIKE " + old + " INCLUDING ALL)",
                // To the topics it is as if all rows were gone.
                "INSERT INTO truth.change VALUES (nextval('truth.seq'), gen_random_uuid()::text, 'scratch', NULL, 't',"
                        + " NULL, pg_current_wal_insert_lsn(), pg_current_xact_id())"));
        statements.addAll(Truth.triggers(LoadTable.SCRATCH, "scratch"));
        statements.add("GRANT SELECT ON scratch TO " + Arena.ROLE);
        statements.add("ALTER PUBLICATION " + Arena.PUBLICATION + " ADD TABLE scratch");
        LogSince log = LogSince.ofWorkers(arena);
        long from = arena.lsn();
        arena.alter(statements.toArray(String[]::new));
        return Rereading.of("scratch", log, new Active("scratch", between(random, 0, 6), () -> {
            arena.alter("DROP TABLE " + old);
            arena.ledger().backfilled("scratch", from, arena.lsn(), "the table was replaced");
        }));
    }
}
