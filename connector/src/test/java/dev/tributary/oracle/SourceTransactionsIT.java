// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.handover.TransactionPart;
import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code transaction.boundary=connector}: a Kafka transaction has whole transactions of the source. Seeded:
 * {@code -Doracle.seed}; for longer: {@code -Doracle.seconds}.
 */
class SourceTransactionsIT {

    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("oracle.seconds", 8));
    private static final int TABLES = 3;
    private static final int ROWS = 4_000;

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
    void noKafkaTransactionHasAPartOfASourceTransactionWhereverTheWorkerIsKilled() throws Exception {
        long first = Long.getLong("oracle.seed", System.nanoTime() & 0xFFFFFF);
        long end = System.nanoTime() + BUDGET.toNanos();
        for (long seed = first; seed == first || System.nanoTime() < end; seed++) {
            System.out.println("SourceTransactionsIT seed " + seed);
            round(new SplittableRandom(seed));
        }
    }

    private static void round(SplittableRandom random) throws Exception {
        try (Wal wal = tables();
                TransactionalWorker killed = new TransactionalWorker()) {
            // Given
            String slot = wal.newSlot();
            Map<String, String> options = wal.options(
                    Contender.TRIBUTARY,
                    slot,
                    Map.of(
                            "heartbeat.interval.ms",
                            "1",
                            "provide.transaction.metadata",
                            Boolean.toString(random.nextBoolean()),
                            "transaction.group.max.ms",
                            Integer.toString(1 + random.nextInt(20)),
                            "transaction.group.max.bytes",
                            Integer.toString(1 + random.nextInt(200_000))));
            int kills = random.nextInt(6);

            // When
            for (int i = 0; i < kills; i++) {
                write(wal, random, 1 + random.nextInt(40));
                killed.start(options);
                int left = random.nextInt(4_000);
                while (left > 0 && random.nextInt(50) > 0) {
                    left -= killed.poll(left);
                }
                killed.kill();
            }
            write(wal, random, 1 + random.nextInt(40));
            Mark end = wal.mark();
            killed.start(options);
            killed.until(end::isIn);
            killed.kill();

            // Then
            assertThat(wholeTransactions(killed.committed())).isEmpty();
            assertThat(changes(killed.records()))
                    .isEqualTo(changes(wal.read(Contender.TRIBUTARY, Map.of("heartbeat.interval.ms", "0"), end)));
        }
    }

    /** Transactions of random sizes in several tables, with changes of keys, deletes and rolled back savepoints. */
    private static void write(Wal wal, SplittableRandom random, int transactions) {
        for (int i = 0; i < transactions; i++) {
            List<String> sql = new ArrayList<>(List.of("BEGIN"));
            for (int statement = random.nextInt(6); statement >= 0; statement--) {
                String table = "t" + random.nextInt(TABLES);
                int id = 1 + random.nextInt(50);
                sql.add(
                        switch (random.nextInt(6)) {
                            case 0 -> "DELETE FROM " + table + " WHERE id BETWEEN " + id + " AND " + (id + 3);
                            case 1 ->
                                "UPDATE " + table + " SET id = -id WHERE id = " + id + " AND NOT EXISTS (SELECT FROM "
                                        + table + " WHERE id = -" + id + ")";
                            case 2 -> "SAVEPOINT s; DELETE FROM " + table + "; ROLLBACK TO s";
                            case 3 ->
                                "INSERT INTO " + table + " SELECT i, 'x' FROM generate_series(1000, "
                                        + (1000 + random.nextInt(1_500))
                                        + ") AS i ON CONFLICT (id) DO UPDATE SET v = 'y'";
                            default -> "INSERT INTO " + table + " VALUES (" + id + ", 'x') ON CONFLICT DO NOTHING";
                        });
            }
            sql.add(random.nextInt(8) == 0 ? "ROLLBACK" : "COMMIT");
            wal.write(Statement.on(random.nextInt(3), sql.toArray(String[]::new)));
        }
    }

    /** The source transactions that are in several Kafka transactions, and the tombstones that come first in one. */
    private static List<String> wholeTransactions(List<List<SourceRecord>> committed) {
        List<String> torn = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < committed.size(); i++) {
            if (committed.get(i).get(0).value() == null) {
                torn.add("Kafka transaction " + i + " begins with a tombstone");
            }
            for (SourceRecord record : committed.get(i)) {
                String id = transaction(record);
                Integer place = id == null ? null : places.putIfAbsent(id, i);
                if (place != null && place != i) {
                    torn.add(id + " is in the Kafka transactions " + place + " and " + i);
                }
            }
        }
        return torn.stream().distinct().toList();
    }

    /** The id of the source transaction of a change, or of its BEGIN or END. */
    private static @Nullable String transaction(SourceRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return null;
        }
        if (value.schema().field("source") != null && value.schema().field("op") != null) {
            Object id = value.getStruct("source").get("txId");
            return id == null ? null : id.toString();
        }
        return record.topic().equals("oracle.transaction")
                ? value.getString("id").replaceAll(":.*", "")
                : null;
    }

    /** What was changed, in order. */
    private static List<String> changes(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().matches("oracle\\.public\\.t\\d"))
                .map(record -> record.topic() + " " + record.key() + " "
                        + (record.value() instanceof Struct value
                                ? value.getString("op") + " "
                                        + value.getStruct("source").get("lsn")
                                : "tombstone"))
                .toList();
    }

    @Test
    void aTransactionThatIsTooLargeIsCommittedInMarkedPartsAndResumedBetweenThem() throws Exception {
        try (Wal wal = tables();
                TransactionalWorker worker = new TransactionalWorker()) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO t1 VALUES (1, 'small')",
                    "INSERT INTO t0 SELECT i, 'x' FROM generate_series(1, " + ROWS + ") AS i",
                    "INSERT INTO t1 VALUES (2, 'small')"));
            Mark end = wal.mark();
            Map<String, String> options = wal.options(
                    Contender.TRIBUTARY,
                    wal.newSlot(),
                    Map.of("transaction.max.bytes", "200000", "transaction.group.max.bytes", "1"));

            // When
            worker.start(options);
            worker.until(record -> record.headers().lastWithName(TransactionPart.HEADER) != null);
            assertThat(attribute("SplitTransactions")).isEqualTo(1L);
            worker.kill();
            int before = worker.records().size();
            worker.start(options);
            worker.until(end::isIn);
            worker.kill();

            // Then
            assertThat(before).isLessThan(ROWS);
            assertThat(changes(worker.records())).isEqualTo(changes(wal.read(Contender.TRIBUTARY, Map.of(), end)));
            List<List<SourceRecord>> parts = worker.committed().stream()
                    .filter(group -> group.get(0).topic().endsWith(".t0"))
                    .toList();
            assertThat(parts).hasSizeGreaterThan(5);
            assertThat(parts.get(0)).allMatch(record -> part(record) == 1);
            assertThat(parts.subList(1, parts.size()))
                    .allSatisfy(part -> assertThat(part).allMatch(record -> part(record) > 1));
            assertThat(worker.records())
                    .filteredOn(record -> record.topic().endsWith(".t1"))
                    .hasSize(2)
                    .allMatch(record -> part(record) == 1);
        }
    }

    private static int part(SourceRecord record) {
        var header = record.headers().lastWithName(TransactionPart.HEADER);
        return header == null ? 1 : (Integer) header.value();
    }

    private static Object attribute(String name) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.tributary:type=task,server=" + ObjectName.quote("oracle")), name);
    }

    @Test
    void ifItMustNotBeDividedTheTaskFailsWithTheFiguresAndTheSettings() throws Exception {
        try (Wal wal = tables();
                TransactionalWorker worker = new TransactionalWorker()) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO t1 VALUES (1, 'small')",
                    "INSERT INTO t0 SELECT i, 'x' FROM generate_series(1, " + ROWS + ") AS i"));
            wal.mark();
            Map<String, String> options = wal.options(
                    Contender.TRIBUTARY,
                    wal.newSlot(),
                    Map.of("transaction.max.bytes", "200000", "transaction.oversize", "fail"));

            // When
            worker.start(options);

            // Then
            assertThatThrownBy(() -> worker.until(() -> false))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageMatching("(?s)The transaction with its commit record at [0-9A-F]+/[0-9A-F]+ has more"
                            + " than 200000 bytes \\(transaction\\.max\\.bytes\\)\\. Nothing of it has been committed"
                            + ".*Raise transaction\\.max\\.bytes.*transaction\\.oversize=split\\.");
            worker.kill();
            assertThat(changes(worker.records())).hasSize(1);
        }
    }

    @Test
    void aSingleRowMayBeLarger() throws Exception {
        try (Wal wal = tables();
                TransactionalWorker worker = new TransactionalWorker()) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO t1 VALUES (1, 'small')",
                    "INSERT INTO t0 VALUES (1, repeat('x', 20000000))",
                    "INSERT INTO t1 VALUES (2, 'small')"));
            Mark end = wal.mark();

            // When
            worker.start(wal.options(
                    Contender.TRIBUTARY,
                    wal.newSlot(),
                    Map.of("transaction.max.bytes", "1000000", "transaction.oversize", "fail")));
            worker.until(end::isIn);
            worker.kill();

            // Then
            assertThat(changes(worker.records())).hasSize(3);
            assertThat(wholeTransactions(worker.committed())).isEmpty();
        }
    }

    @Test
    void withoutExactlyOnceItWorksAndTheTaskSaysWhatIsMissing() throws Exception {
        try (Wal wal = tables()) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t0 VALUES (1, 'x')"));
            Mark end = wal.mark();

            // When
            try (Capture capture = Capture.start(
                    Contender.TRIBUTARY,
                    wal.options(Contender.TRIBUTARY, wal.newSlot(), Map.of("transaction.boundary", "connector")),
                    new MemoryOffsets())) {

                // Then
                assertThat(changes(capture.until(end))).hasSize(1);
                assertThat((String[]) attribute("Warnings"))
                        .anySatisfy(warning ->
                                assertThat(warning).contains("transaction.boundary", "exactly.once.source.support"));
            }
        }
    }

    /** No row changes, so each must arrive once. */
    @Test
    void aSnapshotThatIsKilledRepeatsNothing() throws Exception {
        long seed = Long.getLong("oracle.seed", System.nanoTime() & 0xFFFFFF);
        System.out.println("SourceTransactionsIT snapshot seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (Wal wal = tables();
                TransactionalWorker worker = new TransactionalWorker()) {
            // Given
            IntStream.range(0, TABLES)
                    .forEach(table -> wal.write(Statement.on(
                            0,
                            "INSERT INTO t" + table + " SELECT i, repeat('x', i % 50) FROM generate_series(1, " + ROWS
                                    + ") AS i")));
            Map<String, String> options = wal.options(
                    Contender.TRIBUTARY,
                    wal.unusedSlot(),
                    Map.of(
                            "snapshot.mode",
                            "initial",
                            "snapshot.max.threads",
                            "3",
                            "internal.snapshot.chunk.bytes",
                            "16384",
                            "transaction.group.max.bytes",
                            "100000"));

            // When
            for (int i = 0; i < 5; i++) {
                worker.start(options);
                int left = random.nextInt(ROWS);
                while (left > 0 && !hasEnded(worker)) {
                    left -= worker.poll(left);
                }
                worker.kill();
            }
            worker.start(options);
            worker.until(() -> hasEnded(worker));
            worker.kill();

            // Then
            Map<String, Integer> times = new TreeMap<>();
            worker.records().stream()
                    .filter(record -> record.topic().matches("oracle\\.public\\.t\\d"))
                    .forEach(record -> times.merge(record.topic() + record.key(), 1, Integer::sum));
            assertThat(times).hasSize(TABLES * ROWS);
            assertThat(times.values()).containsOnly(1);
        }
    }

    private static boolean hasEnded(TransactionalWorker worker) {
        return worker.committed().stream()
                .flatMap(List::stream)
                .anyMatch(record -> record.topic().startsWith("oracle.public.") && SnapshotMoments.isLast(record));
    }

    private static Wal tables() {
        List<String> sql = new ArrayList<>();
        IntStream.range(0, TABLES)
                .forEach(table -> sql.add("CREATE TABLE t" + table + " (id int PRIMARY KEY, v text)"));
        sql.add("CREATE PUBLICATION everything FOR ALL TABLES");
        return Wal.after(server, sql.toArray(String[]::new));
    }
}
