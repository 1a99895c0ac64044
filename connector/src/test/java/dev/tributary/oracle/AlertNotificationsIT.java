// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What the guard of the WAL has to say arrives in the topic of Debezium's notifications. */
class AlertNotificationsIT {

    private static final String TOPIC = "notifications";

    @Test
    void anAlertArrivesBetweenTwoTransactionsAndDoesNotMoveTheOffset() throws Exception {
        try (PostgresServer server = PostgresServer.start(18, Map.of());
                Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = options(wal, wal.unusedSlot());
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<SourceRecord> records = new ArrayList<>();
                wal.write(Statement.on(0, "INSERT INTO t SELECT generate_series(1, 10)"));
                capture.until(records, () -> rows(records).size() == 10);
                capture.commit(records.get(records.size() - 1));

                // When
                set(wal, "synchronized_standby_slots = 'nowhere'");
                capture.until(records, () -> notifications(records).size() == 1);

                // Then
                Struct warning = (Struct) notifications(records).get(0).value();
                assertThat(warning.getString("aggregate_type")).isEqualTo("WAL guard");
                assertThat(warning.getString("type")).isEqualTo("WARNING");
                assertThat(warning.<String, String>getMap("additional_data"))
                        .containsEntry("slot", options.get("slot.name"))
                        .containsKeys("retained_bytes", "growth_bytes_per_second")
                        .hasEntrySatisfying(
                                "message",
                                message -> assertThat(message)
                                        .contains(
                                                "the walsender waits for standby slot nowhere",
                                                "which does not exist"));

                // When
                capture.commit(notifications(records).get(0));
                set(wal, "synchronized_standby_slots = ''");
                capture.until(records, () -> notifications(records).size() == 2);

                // Then
                assertThat(((Struct) notifications(records).get(1).value()).getString("type"))
                        .isEqualTo("OK");
            }

            // When: the last record that was stored is a notification
            wal.write(Statement.on(0, "INSERT INTO t SELECT generate_series(11, 20)"));
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, () -> rows(records).contains(20));

                // Then
                assertThat(rows(records))
                        .isEqualTo(IntStream.rangeClosed(11, 20).boxed().toList());
            }
        }
    }

    @Test
    void anAlertNeverDividesAGroup() throws Exception {
        try (PostgresServer server = PostgresServer.start(18, Map.of());
                Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)");
                TransactionalWorker worker = new TransactionalWorker()) {
            // Given: transactions of ten rows, while a standby comes and goes
            String slot = wal.unusedSlot();
            worker.start(options(wal, slot));
            worker.until(() -> isRead(wal, slot));

            // When
            for (int round = 0; round < 3; round++) {
                int told = 2 * round;
                write(wal, round);
                set(wal, "synchronized_standby_slots = 'nowhere'");
                worker.until(() -> notifications(worker.records()).size() > told);
                write(wal, round + 100);
                set(wal, "synchronized_standby_slots = ''");
                worker.until(() -> notifications(worker.records()).size() > told + 1);
            }
            worker.until(() -> rows(worker.records()).size() == 3 * 2 * 50 * 10);

            // Then
            assertThat(worker.committed())
                    .allSatisfy(group -> assertThat(rows(group).size() % 10).isZero());
            assertThat(notifications(worker.records()).stream()
                            .map(record -> ((Struct) record.value()).getString("type")))
                    .containsExactly("WARNING", "OK", "WARNING", "OK", "WARNING", "OK");
        }
    }

    @Test
    void aChannelThatThrowsDoesNotStopTheStream() throws Exception {
        try (PostgresServer server = PostgresServer.start(18, Map.of());
                Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            Map<String, String> options = options(wal, wal.unusedSlot());
            options.put("notification.enabled.channels", "log," + ThrowingChannel.NAME);
            int before = ThrowingChannel.FAILURES.get();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                List<SourceRecord> records = new ArrayList<>();

                // When
                set(wal, "synchronized_standby_slots = 'nowhere'");
                capture.until(records, () -> ThrowingChannel.FAILURES.get() > before);
                set(wal, "synchronized_standby_slots = ''");
                wal.write(Statement.on(0, "INSERT INTO t SELECT generate_series(1, 10)"));

                // Then
                capture.until(records, () -> rows(records).size() == 10);
            }
        }
    }

    /** What a connector whose start fails leaves in JMX would take requests that nothing reads. */
    @Test
    void aConnectorThatDoesNotStartTakesNoRequests() throws Exception {
        try (PostgresServer server = PostgresServer.start(18, Map.of());
                Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            Map<String, String> options = options(wal, wal.unusedSlot());
            options.put("topic.prefix", "unusable");
            options.put("notification.enabled.channels", UnusableChannel.NAME);

            // When
            assertThatThrownBy(() -> Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets()))
                    .isInstanceOf(ConnectException.class);

            // Then
            ObjectName control = new ObjectName("dev.tributary:type=control,server=\"unusable\"");
            assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(control))
                    .isFalse();
        }
    }

    private static void write(Wal wal, int round) {
        for (int i = 0; i < 50; i++) {
            int first = (round * 50 + i) * 10;
            wal.write(Statement.on(0, "INSERT INTO t SELECT generate_series(" + first + ", " + (first + 9) + ")"));
        }
    }

    private static boolean isRead(Wal wal, String slot) {
        return "t".equals(wal.ask("SELECT bool_or(active) FROM pg_replication_slots WHERE slot_name = '" + slot + "'"));
    }

    private static void set(Wal wal, String setting) {
        wal.write(
                List.of(new Statement(9, "ALTER SYSTEM SET " + setting), new Statement(9, "SELECT pg_reload_conf()")));
    }

    private static Map<String, String> options(Wal wal, String slot) {
        Map<String, String> options = new HashMap<>();
        options.put("snapshot.mode", "no_data");
        options.put("slot.failover", "true");
        options.put("wal.guard.interval.ms", "100");
        options.put("notification.enabled.channels", "sink,log,jmx");
        options.put("notification.sink.topic.name", TOPIC);
        return wal.options(Contender.TRIBUTARY, slot, options);
    }

    private static List<SourceRecord> notifications(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().equals(TOPIC))
                .filter(record ->
                        ((Struct) record.value()).getString("aggregate_type").equals("WAL guard"))
                .toList();
    }

    private static List<Integer> rows(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().endsWith(".t"))
                .map(record -> Objects.requireNonNull(((Struct) record.key()).getInt32("id")))
                .toList();
    }
}
