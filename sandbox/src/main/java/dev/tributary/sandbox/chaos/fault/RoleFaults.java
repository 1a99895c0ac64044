// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;

import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** The role of the connector: its password and its rights. */
final class RoleFaults {

    private static final String FAMILY = "role";

    /** A failed task is restarted afterwards, which needs a worker. */
    private static final Set<Part> TOUCHES = Set.of(Part.SLOT, Part.CONNECTOR, Part.WORKERS);

    private static final String OPTION = "database.password";

    private RoleFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(FAMILY, "password rotated", TOUCHES, RoleFaults::rotated),
                changed("login refused", "28000|28P01|not permitted to log in", alter("NOLOGIN"), alter("LOGIN")),
                changed(
                        "replication refused",
                        "42501|not allowed to replicate|is not allowed to",
                        alter("NOREPLICATION"),
                        alter("REPLICATION")),
                changed(
                        "rights to read revoked",
                        "42501|is not allowed to read|permission denied",
                        "REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM " + Arena.ROLE,
                        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + Arena.ROLE),
                Fault.of(FAMILY, "connection limit reached", TOUCHES, (arena, random) -> {
                    LogSince log = LogSince.ofWorkers(arena);
                    Partial.orUndo(
                            () -> {
                                arena.execute(alter("CONNECTION LIMIT 1"));
                                return Sessions.endAll(arena);
                            },
                            () -> arena.execute(alter("CONNECTION LIMIT -1")));
                    return new Active(
                                    Arena.ROLE,
                                    between(random, 2, 10),
                                    () -> arena.execute(alter("CONNECTION LIMIT -1")))
                            .seenBy(() -> log.has("too many connections"));
                }));
    }

    private static String alter(String what) {
        return "ALTER ROLE " + Arena.ROLE + " " + what;
    }

    private static Active rotated(Arena arena, SplittableRandom random) throws Exception {
        String before = arena.connect().config().getOrDefault(OPTION, "");
        String password = "p" + random.nextLong(1_000_000, 9_999_999);
        Pattern failure = Pattern.compile("28P01|28000|password authentication");
        return Expected.failure(arena, failure, log -> {
            Partial.orUndo(
                    () -> {
                        arena.execute(alter("PASSWORD '" + password + "'"));
                        return Sessions.endAll(arena);
                    },
                    () -> arena.execute(alter("PASSWORD '" + before + "'")));
            return new Active(
                            Arena.ROLE,
                            between(random, 2, 10),
                            () -> arena.operator().alone(() -> arena.connect().configure(Map.of(OPTION, password))))
                    .seenBy(() -> log.has(failure));
        });
    }

    /** Sometimes the sessions stay, and nothing may be noticed. */
    private static Fault changed(String kind, String message, String revoke, String grant) {
        Pattern failure = Pattern.compile(message);
        return Fault.of(
                FAMILY,
                kind,
                TOUCHES,
                (arena, random) -> Expected.failure(arena, failure, log -> {
                    boolean endsSessions = random.nextInt(3) > 0;
                    Partial.orUndo(
                            () -> {
                                arena.execute(revoke);
                                return endsSessions ? Sessions.endAll(arena) : 0;
                            },
                            () -> arena.execute(grant));
                    return new Active(Arena.ROLE, between(random, 2, 10), () -> arena.execute(grant))
                            .seenBy(() -> log.has(failure));
                }));
    }
}
