// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.WaitLimit;
import dev.tributary.metrics.JournalEntry;
import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker runs for months, and its tasks are restarted by operators, by rebalances, and after failures: what a task
 * used goes with it.
 */
class StoppedTasksIT {

    private static final int TASKS = 5;
    private static final int ROWS = 100;

    /** A line of a class histogram: a rank, instances, bytes, and the name of the class. */
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"read and stopped", "failed and stopped"})
    void leaveNothingBehind(String tasks) throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE goods (id int PRIMARY KEY, name text)",
                "INSERT INTO goods SELECT i, repeat('x', 1000) FROM generate_series(1, " + ROWS + ") AS i",
                "CREATE PUBLICATION everything FOR ALL TABLES")) {
            boolean fail = tasks.startsWith("failed");
            runTask(wal, fail);
            Map<String, Long> before = liveInstances();

            // When
            for (int i = 0; i < TASKS; i++) {
                runTask(wal, fail);
            }

            // Then
            await().atMost(WaitLimit.LIMIT)
                    .untilAsserted(
                            () -> assertThat(grown(before, liveInstances())).isEmpty());
        }
    }

    private static void runTask(Wal wal, boolean fails) throws InterruptedException {
        String slot = wal.unusedSlot();
        Map<String, String> options = wal.options(Contender.TRIBUTARY, slot, Map.of());
        options.put("snapshot.mode", "initial");
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
            capture.untilSnapshotEnds();
            List<SourceRecord> streamed = capture.until(wal.mark());
            capture.commit(streamed.get(streamed.size() - 1));
            if (fails) {
                wal.ask("SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots"
                        + " WHERE slot_name = '" + slot + "'");
                capture.untilEnough(record -> {}, StoppedTasksIT::waits);
            }
        }
        wal.drop(slot);
    }

    private static boolean waits() {
        try {
            return "WAITING"
                    .equals(ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(new ObjectName("dev.tributary:type=task,server=\"oracle\""), "State"));
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    /** The classes of which there is at least one more instance for each task. A journal remembers on purpose. */
    private static Map<String, String> grown(Map<String, Long> before, Map<String, Long> after) {
        Map<String, String> grown = new TreeMap<>();
        after.forEach((name, count) -> {
            long old = before.getOrDefault(name, 0L);
            if (count - old >= TASKS && !name.equals(JournalEntry.class.getName()) && !isTimer(name)) {
                grown.put(name, old + " -> " + count);
            }
        });
        return grown;
    }

    /** The journal is given up later, by what holds no more than a name. */
    private static boolean isTimer(String name) {
        return name.startsWith("dev.tributary.TaskReport$$Lambda");
    }

    /** The instances that are reachable, by class. */
    private static Map<String, Long> liveInstances() throws JMException {
        Map<String, Long> counts = new TreeMap<>();
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Matcher line = LINE.matcher("");
        histogram.lines().filter(text -> line.reset(text).matches()).forEach(text -> {
            String name = line.group(2);
            if (name.startsWith("dev.tributary.") || name.startsWith("io.debezium.")) {
                counts.merge(name, Long.parseLong(line.group(1)), Long::sum);
            }
        });
        assertThat(counts).isNotEmpty();
        return counts;
    }
}
