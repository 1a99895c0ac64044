// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notifications about snapshots, in a topic and over JMX, compared with Debezium's. */
class NotificationsIT {

    private static final String TOPIC = "notifications";
    private static final ObjectName JMX = jmx();
    private static final Watermarks SIGNALS = Watermarks.INSERT_INSERT;

    private static PostgresServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The notifications in the topic, and the number of those over JMX. */
    private record Notified(List<String> sink, int jmx, ObjectName bean) {}

    @Test
    void notificationsAreTheSameAsDebeziums() throws Exception {
        // When
        Notified debezium = notified(Contender.DEBEZIUM);
        Notified ours = notified(Contender.TRIBUTARY);

        // Then
        assertThat(ours.sink()).isNotEmpty().isEqualTo(debezium.sink());
        assertThat(ours.jmx()).isPositive().isEqualTo(debezium.jmx());
        assertThat(ours.bean()).isEqualTo(debezium.bean());
    }

    @Test
    void aTaskThatIsKilledAfterNotifyingThatItsSnapshotStartsTakesTheSnapshot() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            try (Capture capture = capture(Contender.TRIBUTARY, wal, slot, offsets)) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, () -> !records.isEmpty());
                assertThat(records.get(0).topic()).isEqualTo(TOPIC);

                // When
                capture.commit(records.get(0));
            }

            // Then
            try (Capture capture = capture(Contender.TRIBUTARY, wal, slot, offsets)) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, () -> GoodsHistory.of(records).reads() == 3_000);
            }
        }
    }

    @Test
    void aNotificationOfTheStartKeepsTheExactPosition() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(List.of(
                    new Statement(1, "INSERT INTO goods SELECT i, i, 'x' FROM generate_series(5001, 5100) AS i")));
            List<SourceRecord> first = new ArrayList<>();
            try (Capture capture = capture(Contender.TRIBUTARY, wal, slot, offsets, "snapshot.mode", "no_data")) {
                capture.until(first, () -> changes(first).size() == 100);
                capture.commit(changes(first).get(40));
            }

            // When
            try (Capture capture = capture(Contender.TRIBUTARY, wal, slot, offsets, "snapshot.mode", "no_data")) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, () -> !records.isEmpty());
                assertThat(records.get(0).topic()).isEqualTo(TOPIC);
                capture.commit(records.get(0));
            }

            // Then
            try (Capture capture = capture(Contender.TRIBUTARY, wal, slot, offsets, "snapshot.mode", "no_data")) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, () -> changes(records).size() >= 59);
                assertThat(changes(records).stream().map(ChangeContent::of))
                        .containsExactlyElementsOf(changes(first).subList(41, 100).stream()
                                .map(ChangeContent::of)
                                .toList());
            }
        }
    }

    private static ObjectName jmx() {
        try {
            return new ObjectName("debezium.*:type=management,context=notifications,*");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    private Notified notified(Contender contender) throws Exception {
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = capture(contender, wal, wal.newSlot(), new MemoryOffsets())) {
            List<SourceRecord> records = new ArrayList<>();
            capture.until(records, () -> GoodsHistory.of(records).reads() == 3_000 && ends(records) == 1);
            SIGNALS.signal(
                    wal,
                    directory,
                    "execute-snapshot",
                    "{\"data-collections\": [\"public.goods\"], \"type\": \"incremental\"}");
            capture.until(records, () -> GoodsHistory.of(records).reads() == 6_000 && ends(records) == 2);
            SIGNALS.signal(
                    wal,
                    directory,
                    "execute-snapshot",
                    "{\"data-collections\": [\"public.goods\"], \"type\": \"blocking\"}");
            capture.until(records, () -> GoodsHistory.of(records).reads() == 9_000 && ends(records) == 3);
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            ObjectName bean = beans.queryNames(JMX, null).iterator().next();
            Object[] overJmx = (Object[]) beans.getAttribute(bean, "Notifications");
            return new Notified(
                    notifications(records).stream().map(NotificationsIT::text).toList(), overJmx.length, bean);
        }
    }

    private Capture capture(Contender contender, Wal wal, String slot, MemoryOffsets offsets, String... more) {
        Map<String, String> options = SIGNALS.options(directory);
        options.put("snapshot.mode", "initial");
        options.put("snapshot.max.threads", "1");
        options.put("custom.metric.tags", "contender=any");
        options.put("notification.enabled.channels", "sink,log,jmx");
        options.put("notification.sink.topic.name", TOPIC);
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return Capture.start(contender, wal.options(contender, slot, options), offsets);
    }

    private static List<SourceRecord> notifications(List<SourceRecord> records) {
        return records.stream().filter(record -> record.topic().equals(TOPIC)).toList();
    }

    private static List<SourceRecord> changes(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().endsWith(".goods"))
                .toList();
    }

    private static long ends(List<SourceRecord> records) {
        return notifications(records).stream()
                .filter(record -> ((Struct) record.value()).getString("type").equals("COMPLETED"))
                .count();
    }

    /** A notification without ids and times, which differ in each run. */
    private static String text(SourceRecord record) {
        Struct value = (Struct) record.value();
        Map<String, String> data = new TreeMap<>(value.<String, String>getMap("additional_data"));
        return record.sourcePartition() + " " + record.keySchema() + record.valueSchema() + " "
                + value.getString("aggregate_type") + " " + value.getString("type") + " " + data;
    }
}
