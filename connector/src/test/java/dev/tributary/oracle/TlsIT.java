// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.Certificates;
import dev.tributary.postgres.Certificates.Certificate;
import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that accepts the connector only with TLS and its certificate, for every connection. */
class TlsIT {

    @TempDir
    private static Path directory;

    private static Certificates authority;
    private static Certificate own;
    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        authority = Certificates.of(directory, "authority");
        own = serving();
        server = Wal.server(authority.server(own));
        server.execute("CREATE ROLE app LOGIN SUPERUSER");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyConnectionUsesTheCertificates() throws Exception {
        try (Wal wal = prepared();
                Capture capture = Capture.start(
                        Contender.TRIBUTARY, options(wal, wal.unusedSlot(), client()), new MemoryOffsets())) {
            // Given
            assertThat(capture.untilSnapshotEnds()).hasSizeGreaterThan(3_000);

            // When
            wal.write(Statement.on(
                    0,
                    "INSERT INTO a VALUES (0, 'x')",
                    "CREATE TYPE mood AS ENUM ('ok')",
                    "CREATE TABLE later (id int PRIMARY KEY, m mood)",
                    "INSERT INTO later VALUES (1, 'ok')",
                    "INSERT INTO signals VALUES ('1', 'execute-snapshot',"
                            + " '{\"data-collections\": [\"public.b\"], \"type\": \"incremental\"}')"));

            // Then
            List<SourceRecord> streamed = capture.until(wal.mark());
            assertThat(streamed).anyMatch(record -> record.topic().endsWith(".later"));
            int[] rows = new int[1];
            capture.untilEnough(record -> rows[0] += record.topic().endsWith(".b") ? 1 : 0, () -> rows[0] >= 1_000);
            assertThat(wal.ask("SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                            + " WHERE usename = 'app' AND client_dn IS DISTINCT FROM '/CN=app'"))
                    .isEqualTo("0");
            assertThat(wal.ask("SELECT count(*) > 1 FROM pg_stat_activity WHERE usename = 'app'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void aCertificateThatExpiresIsNamedUntilItIsRenewed() throws Exception {
        try (Wal wal = prepared();
                Capture capture = Capture.start(
                        Contender.TRIBUTARY, options(wal, wal.unusedSlot(), client()), new MemoryOffsets())) {
            // Given
            List<SourceRecord> snapshot = capture.untilSnapshotEnds();
            capture.commit(snapshot.get(snapshot.size() - 1));

            // When
            present(serving("-startdate", "-10d", "-validity", "5"));
            wal.ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'app'");

            // Then
            await().until(() -> {
                capture.poll();
                return status("State").equals("WAITING")
                        && status("LastFailure").contains("validity check failed");
            });

            // When
            present(serving());
            wal.write(Statement.on(0, "INSERT INTO a VALUES (0, 'x')"));

            // Then
            assertThat(capture.until(wal.mark())).isNotEmpty();
        }
    }

    private static Wal prepared() {
        String[] preparations = {
            "CREATE TABLE a (id int PRIMARY KEY, v text)",
            "CREATE TABLE b (id int PRIMARY KEY, v text)",
            "CREATE TABLE c (id int PRIMARY KEY, v text)",
            "CREATE TABLE signals (id text PRIMARY KEY, type text, data text)",
            "INSERT INTO a SELECT n, 'x' FROM generate_series(1, 1000) n",
            "INSERT INTO b SELECT n, 'x' FROM generate_series(1, 1000) n",
            "INSERT INTO c SELECT n, 'x' FROM generate_series(1, 1000) n",
            "CREATE PUBLICATION everything FOR ALL TABLES"
        };
        return Wal.after(server, preparations);
    }

    private static Map<String, String> options(Wal wal, String slot, Map<String, String> tls) {
        Map<String, String> options = new HashMap<>(tls);
        options.put("database.user", "app");
        options.put("snapshot.mode", "initial");
        options.put("snapshot.max.threads", "3");
        options.put("signal.data.collection", "public.signals");
        options.put("heartbeat.interval.ms", "100");
        options.put("heartbeat.action.query", "SELECT 1");
        options.put("xmin.fetch.interval.ms", "100");
        options.put("retriable.restart.connector.wait.ms", "100");
        return wal.options(Contender.TRIBUTARY, slot, options);
    }

    private static Map<String, String> client() throws Exception {
        Map<String, String> tls = new HashMap<>();
        authority.sign("app").properties().forEach((property, file) -> tls.put("database." + property, file));
        tls.put("database.sslmode", "verify-full");
        tls.put("database.sslrootcert", authority.authority().toString());
        tls.put("database.hostname", "localhost");
        return tls;
    }

    private static Certificate serving(String... more) throws Exception {
        String[] extensions = Stream.concat(Stream.of("-ext", "san=dns:localhost"), Arrays.stream(more))
                .toArray(String[]::new);
        return authority.sign("server", extensions);
    }

    /** Replaces the files of the server's certificate, and has it read them. */
    private static void present(Certificate next) throws Exception {
        Files.move(next.key(), own.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.move(next.certificate(), own.certificate(), StandardCopyOption.REPLACE_EXISTING);
        server.execute("SELECT pg_reload_conf()");
    }

    private static String status(String attribute) throws Exception {
        return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.tributary:type=task,server=\"oracle\""), attribute));
    }
}
