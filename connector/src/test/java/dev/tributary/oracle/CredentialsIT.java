// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Every connection has the password of the moment: that of a file, or one that a plugin of the driver gives. */
class CredentialsIT {

    private static final String ROLE = "rotating";

    private static PostgresServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
        server.execute("CREATE ROLE " + ROLE + " SUPERUSER LOGIN REPLICATION PASSWORD 'first'");
        Path rules = Path.of(server.ask("SHOW hba_file"));
        List<String> lines = new ArrayList<>(
                List.of("host all " + ROLE + " all scram-sha-256", "host replication " + ROLE + " all scram-sha-256"));
        lines.addAll(Files.readAllLines(rules));
        Files.write(rules, lines);
        server.execute("SELECT pg_reload_conf()");
        await().until(() -> server.ask("SELECT count(*) FROM pg_hba_file_rules WHERE '" + ROLE + "' = ANY (user_name)")
                .equals("2"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** As a plugin that asks a cloud for a token. The driver makes an instance for each login. */
    public static final class Token implements AuthenticationPlugin {

        private static volatile String current = "";
        static final AtomicInteger ASKED = new AtomicInteger();

        /** @param properties the connection properties */
        public Token(Properties properties) {
            assertThat(properties).containsEntry("user", ROLE);
        }

        @Override
        public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
            ASKED.incrementAndGet();
            if (current.isEmpty()) {
                throw new IllegalStateException("the token service is away");
            }
            if (current.equals("?")) {
                throw new PSQLException("the token service is away", PSQLState.UNKNOWN_STATE);
            }
            return current.toCharArray();
        }
    }

    static Stream<Arguments> sources() {
        return Stream.of(Contender.TRIBUTARY, Contender.FALLBACK)
                .flatMap(contender -> Stream.of(Arguments.of(contender, true), Arguments.of(contender, false)));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aPasswordChangesWhileTheConnectorRuns(Contender contender, boolean inFile) throws Exception {
        Path file = directory.resolve("password");
        give(file, "first", "first");
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE t (id int PRIMARY KEY)",
                "INSERT INTO t SELECT generate_series(1, 100)",
                "CREATE PUBLICATION everything FOR ALL TABLES")) {
            Map<String, String> options = new HashMap<>(
                    wal.options(contender, wal.newSlot(), Map.of("snapshot.mode", "initial", "max.retries", "-1")));
            options.put("database.user", ROLE);
            options.remove("database.password");
            if (inFile) {
                options.put("database.password.file", file.toString());
            } else {
                options.put("driver.authenticationPluginClassName", Token.class.getName());
            }
            try (Capture capture = Capture.start(contender, options, new MemoryOffsets())) {
                capture.untilSnapshotEnds();
                List<SourceRecord> before = capture.until(wal.mark());
                capture.commit(before.get(before.size() - 1));

                // The database has the new password before the connector has.
                give(file, "second", "first");
                disconnect();
                await("logins refused").until(() -> {
                    capture.poll();
                    return failures() >= 2;
                });
                give(file, "second", "second");
                capture.until(wal.mark());

                // The class has no password to give, or throws something else, for a moment.
                if (!inFile) {
                    for (String away : List.of("", "?")) {
                        Token.current = away;
                        disconnect();
                        await("logins without a password").until(() -> {
                            capture.poll();
                            return failures() >= 2;
                        });
                        Token.current = "second";
                        capture.until(wal.mark());
                    }
                }

                // New connections for a new table, and none that had to be made again.
                give(file, "third", "third");
                wal.write(Statement.on(
                        0, "CREATE TABLE later (id int PRIMARY KEY)", "INSERT INTO later VALUES (1), (2)"));
                List<SourceRecord> records = capture.until(wal.mark());
                assertThat(records)
                        .filteredOn(record -> record.topic().endsWith(".later"))
                        .hasSize(2);
                disconnect();
                capture.until(wal.mark());
            }
        }
        assertThat(inFile || Token.ASKED.get() > 5).isTrue();
    }

    /** Changes the password of the role, and what the connector is given. */
    private static void give(Path file, String inDatabase, String given) throws Exception {
        server.execute("ALTER ROLE " + ROLE + " PASSWORD '" + inDatabase + "'");
        Token.current = given;
        Files.writeString(file, given + "\n");
    }

    private static void disconnect() {
        server.ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '" + ROLE + "'");
    }

    private static int failures() throws Exception {
        return (Integer) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.tributary:type=task,server=\"oracle\""), "FailuresInARow");
    }
}
