// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A task keeps no connection that it does not need, and no transaction, open on the server. */
class ConnectionsIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aTaskThatWaitsForASlotHoldsNoConnection() throws Exception {
        try (Wal wal = Wal.after(server, "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given
            String slot = wal.newSlot();
            try (Capture first = start(Contender.DEBEZIUM, wal, slot);
                    Capture second = start(Contender.TRIBUTARY, wal, slot)) {
                first.until(wal.mark());

                // When
                await().until(() -> {
                    second.poll();
                    return failures() >= 2;
                });

                // Then
                await().untilAsserted(() -> assertThat(walsenders()).isEqualTo("1"));
            }
        }
    }

    private static Capture start(Contender contender, Wal wal, String slot) {
        return Capture.start(contender, wal.options(contender, slot, Map.of()), new MemoryOffsets());
    }

    private static List<Mode> modes() {
        return List.of(
                Mode.of("xmin of the slot", "xmin.fetch.interval.ms", "1"),
                Mode.of("after a snapshot", "snapshot.mode", "initial"));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aStreamingTaskKeepsNoTransactionOpen(Mode mode) throws Exception {
        try (Wal wal = Wal.after(
                        server,
                        "CREATE TABLE t (id int PRIMARY KEY)",
                        "CREATE TYPE mood AS ENUM ('ok')",
                        "CREATE PUBLICATION everything FOR ALL TABLES");
                Capture capture = wal.start(Contender.TRIBUTARY, mode)) {
            // Given
            capture.until(new ArrayList<>(), record -> record.topic().endsWith(".beginning"));
            wal.write(Statement.on(
                    0, "INSERT INTO t VALUES (1)", "CREATE TABLE later (id int PRIMARY KEY, a mood, b mood[])"));
            wal.write(Statement.on(0, "INSERT INTO later VALUES (1, 'ok', '{ok}')", "ALTER TYPE mood ADD VALUE 'sad'"));

            // When
            assertThat(capture.until(wal.mark())).isNotEmpty();

            // Then
            await().untilAsserted(() -> assertThat(openTransactions()).isEqualTo("0"));
        }
    }

    @ParameterizedTest
    @CsvSource({"TRIBUTARY, true", "TRIBUTARY, false", "FALLBACK, true"})
    void everyConnectionIsProbedUnlessTheUserDoesNotWantIt(Contender contender, boolean isProbed) throws Exception {
        // Given
        Mode mode = Mode.of(
                "probes",
                "snapshot.mode",
                "initial",
                "xmin.fetch.interval.ms",
                "1",
                "database.tcpKeepAlive",
                String.valueOf(isProbed));
        try (Wal wal = Wal.after(server, "CREATE PUBLICATION everything FOR ALL TABLES");
                Capture capture = wal.start(contender, mode)) {

            // When
            capture.untilSnapshotEnds();

            // Then
            await().untilAsserted(
                            () -> assertThat(probed(ports())).isNotEmpty().allMatch(probed -> probed == isProbed));
        }
    }

    /** The ports from which the connector has connected. */
    private static Set<Integer> ports() {
        return Arrays.stream(server.ask("SELECT coalesce(string_agg(client_port::text, ','), '0') FROM pg_stat_activity"
                                + " WHERE application_name ~ '^(Tributary|Debezium)'")
                        .split(","))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    /**
     * Whether the kernel probes each connection from these ports, as the files of <a
     * href="https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt">proc_net_tcp</a> show: by the timer.
     */
    private static List<Boolean> probed(Set<Integer> ports) throws IOException {
        List<Boolean> probed = new ArrayList<>();
        for (String family : List.of("tcp", "tcp6")) {
            List<String> lines = Files.readAllLines(java.nio.file.Path.of("/proc/net", family));
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.strip().split("\\s+", -1);
                String port = fields[1].substring(fields[1].lastIndexOf(':') + 1);
                String established = "01";
                if (fields[3].equals(established) && ports.contains(Integer.parseInt(port, 16))) {
                    probed.add(fields[5].startsWith("02:"));
                }
            }
        }
        return probed;
    }

    private static int failures() throws Exception {
        return (Integer) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.tributary:type=task,server=\"oracle\""), "FailuresInARow");
    }

    private static String walsenders() {
        return server.ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'walsender'");
    }

    private static String openTransactions() {
        return server.ask("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'");
    }
}
