// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;
import static dev.tributary.sandbox.chaos.fault.ProcessFaults.pick;

import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.arena.Ledger;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** What is published changes. */
final class PublicationFaults {

    /** A task that starts meanwhile is refused. */
    private static final Pattern FAILURE = Pattern.compile("There is no publication|Publication .* lacks");

    /** A failed task is restarted afterwards, which needs a worker. */
    private static final Set<Part> TOUCHES = Set.of(Part.SCHEMA, Part.CONNECTOR, Part.WORKERS);

    /** From this version on, changes are skipped while there is no publication; before, no change could be read. */
    private static final int SKIPS = 18;

    private static final String DROP = "DROP PUBLICATION " + Arena.PUBLICATION;

    private PublicationFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(SchemaFaults.FAMILY, "table out of the publication and back", TOUCHES, (arena, random) -> {
                    String table = pick(SchemaFaults.TABLES, random);
                    String alter = "ALTER PUBLICATION " + Arena.PUBLICATION;
                    return away(
                            arena,
                            random,
                            table,
                            alter + " DROP TABLE " + table,
                            alter + " ADD TABLE " + table,
                            "the table was not published");
                }),
                Fault.of(SchemaFaults.FAMILY, "publication dropped and created", TOUCHES, (arena, random) -> {
                            String tables = arena.query("SELECT string_agg(prrelid::regclass::text, ', ')"
                                    + " FROM pg_publication_rel JOIN pg_publication AS p ON p.oid = prpubid"
                                    + " WHERE pubname = '" + Arena.PUBLICATION + "'");
                            return away(
                                    arena,
                                    random,
                                    Ledger.ALL,
                                    DROP,
                                    "CREATE PUBLICATION " + Arena.PUBLICATION + " FOR TABLE " + tables,
                                    "there was no publication");
                        })
                        .when(arena -> arena.postgres().version() >= SKIPS));
    }

    private static Active away(
            Arena arena, SplittableRandom random, String relation, String drop, String create, String why)
            throws Exception {
        return Expected.failure(arena, FAILURE, log -> {
            long from = arena.lsn();
            Partial.orUndo(
                    () -> {
                        arena.alter(drop);
                        return relation;
                    },
                    // In case that only the confirmation is missing; else it fails.
                    () -> arena.execute(create));
            return new Active(relation.equals(Ledger.ALL) ? Arena.PUBLICATION : relation, between(random, 1, 8), () -> {
                        arena.alter(create);
                        // What they have changed before is not published, and they commit later.
                        LoadTruth.awaitEndOfRunning(arena);
                        arena.ledger().reread(relation, from, arena.lsn(), why);
                    })
                    .seenBy(() -> relation.equals(Ledger.ALL) || LoadTruth.changes(arena, relation, from) > 0);
        });
    }
}
