// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Bank;
import dev.tributary.sandbox.chaos.load.Change;
import dev.tributary.sandbox.chaos.log.KafkaTransaction;
import dev.tributary.sandbox.chaos.log.TransactionLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A connector that delivers the transactions of a bank as it must: a snapshot, then transactions of the database in
 * groups, some of them in parts that are marked. A test may make a mistake in what it sends.
 */
final class SimulatedTransactions {

    private static final int PARTITIONS = 3;
    private static final int ACCOUNTS = 8;
    private static final long POINT = 50;

    final Random random;
    /** The records of each transaction of Kafka. */
    final List<List<Sent>> kafka = new ArrayList<>();

    final List<Change> changes = new ArrayList<>();
    final Allowances.Builder allowances = Allowances.builder();
    /** See {@link Transactions#bankUntil()}. */
    long bankUntil = Long.MAX_VALUE;

    private final Map<String, Long> accounts = new TreeMap<>();
    private final Balances balances = new Balances();
    /** Ids of 32 bits begin with 3 again. */
    private long xid = 0x3_0000_0003L;

    private long seq;

    /**
     * A record.
     *
     * @param txId the transaction that it says
     * @param part the part that it says
     * @param balance the balance of its account
     */
    record Sent(
            String relation, String key, char op, @Nullable String tag, long lsn, long txId, int part, long balance) {

        Sent in(int other) {
            return new Sent(relation, key, op, tag, lsn, txId, other, balance);
        }

        Sent of(long otherTransaction) {
            return new Sent(relation, key, op, tag, lsn, otherTransaction, part, balance);
        }

        boolean isOfSameKey(Sent other) {
            return relation.equals(other.relation) && key.equals(other.key);
        }

        boolean isStreamed() {
            return op != Arrival.READ;
        }
    }

    SimulatedTransactions(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        snapshot();
        int groups = 5 + random.nextInt(15);
        for (int group = 0; group < groups; group++) {
            List<Sent> records = new ArrayList<>();
            for (int number = random.nextInt(4); number >= 0; number--) {
                List<Sent> transaction = transaction();
                if (random.nextInt(12) == 0 && transaction.size() > 2) {
                    kafka.add(records);
                    records = new ArrayList<>();
                    parts(transaction);
                } else {
                    records.addAll(transaction);
                }
            }
            kafka.add(records);
        }
        kafka.removeIf(List::isEmpty);
    }

    private void snapshot() {
        List<Sent> first = new ArrayList<>();
        List<Sent> second = new ArrayList<>();
        for (int id = 0; id < ACCOUNTS; id++) {
            long balance = id > 0 ? 1_000 : Bank.SUM - 1_000 * (ACCOUNTS - 1);
            Sent row = write("account", Integer.toString(id), balance, Change.CREATE, 0);
            (id < ACCOUNTS / 2 ? first : second)
                    .add(new Sent(row.relation(), row.key(), Arrival.READ, row.tag(), POINT, 0, 1, balance));
        }
        kafka.add(first);
        kafka.add(second);
        seq = POINT;
    }

    private List<Sent> transaction() {
        xid++;
        List<Sent> records = new ArrayList<>();
        for (int number = random.nextInt(3); number >= 0; number--) {
            String savings = Integer.toString(random.nextInt(5));
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (accounts.containsKey("savings " + savings)) {
                        close(savings, records);
                    } else {
                        move("savings", savings, records);
                    }
                }
                case 1 -> {
                    if (accounts.containsKey("savings " + savings)) {
                        move("savings", savings, records);
                    }
                }
                default -> move("account", account(), records);
            }
        }
        records.add(write("orders", Long.toString(seq), 0, Change.CREATE, xid));
        return records;
    }

    private String account() {
        return Integer.toString(random.nextInt(ACCOUNTS));
    }

    private void move(String relation, String key, List<Sent> records) {
        String from = account();
        if (relation.equals("account") && from.equals(key)) {
            return;
        }
        long amount = 1L + random.nextInt(50);
        boolean exists = accounts.containsKey(relation + " " + key);
        records.add(add(relation, key, amount, exists ? Change.UPDATE : Change.CREATE));
        records.add(add("account", from, -amount, Change.UPDATE));
    }

    private Sent add(String relation, String key, long amount, char op) {
        long balance = accounts.getOrDefault(relation + " " + key, 0L) + amount;
        return write(relation, key, balance, op, xid);
    }

    private void close(String key, List<Sent> records) {
        Long left = accounts.remove("savings " + key);
        seq++;
        changes.add(new Change(seq, "gone" + seq, "savings", key, Change.DELETE, null, seq, xid));
        records.add(new Sent("savings", key, Arrival.DELETE, null, seq, xid & 0xFFFF_FFFFL, 1, 0));
        records.add(new Sent("savings", key, Arrival.TOMBSTONE, null, 0, xid & 0xFFFF_FFFFL, 1, 0));
        records.add(add("account", account(), left == null ? 0 : left, Change.UPDATE));
    }

    private Sent write(String relation, String key, long balance, char op, long transaction) {
        seq++;
        String tag = "v" + seq;
        changes.add(new Change(seq, tag, relation, key, op, null, seq, transaction));
        if (Bank.has(relation)) {
            accounts.put(relation + " " + key, balance);
            balances.put(tag, balance);
        }
        return new Sent(relation, key, op, tag, seq, transaction & 0xFFFF_FFFFL, 1, balance);
    }

    /** Commits a transaction in two or three parts, each in a transaction of Kafka of its own. */
    private void parts(List<Sent> transaction) {
        int first = 1 + random.nextInt(transaction.size() - 1);
        int second = first + random.nextInt(transaction.size() - first + 1);
        kafka.add(new ArrayList<>(transaction.subList(0, first)));
        kafka.add(marked(transaction.subList(first, second), 2));
        // After a restart, a part has the number 2 again.
        kafka.add(marked(transaction.subList(second, transaction.size()), random.nextBoolean() ? 2 : 3));
    }

    private static List<Sent> marked(List<Sent> records, int part) {
        return new ArrayList<>(records.stream().map(record -> record.in(part)).toList());
    }

    /** What is found if this arrives. */
    Verdict check() {
        Verdict.Builder verdict = new Verdict.Builder();
        TransactionLog.Builder log = new TransactionLog.Builder();
        Map<TopicPartition, List<Arrival>> partitions = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        short epoch = 0;
        for (List<Sent> records : kafka) {
            KafkaTransaction transaction = new KafkaTransaction(7, epoch++);
            for (Sent record : records) {
                TopicPartition partition = new TopicPartition(
                        "chaos.public." + record.relation(), Integer.parseInt(record.key()) % PARTITIONS);
                long offset = ends.merge(partition, 1L, Long::sum);
                log.records(partition, offset, offset, transaction);
                partitions
                        .computeIfAbsent(partition, same -> new ArrayList<>())
                        .add(arrival(record, partition, offset));
            }
            // The markers.
            ends.replaceAll((partition, end) -> end + 1);
        }
        // A reader may get one partition after the other.
        List<Arrival> arrivals =
                partitions.values().stream().flatMap(List::stream).toList();
        Committed committed = new Committed(changes, Map.of());
        Transactions transactions = new Transactions(log.build(), balances, bankUntil);
        long balanced = new BankCheck(committed, transactions, verdict).run(arrivals);
        verdict.checkedWhole(new WholeTransactionCheck(committed, allowances.build(), transactions.log(), verdict)
                .run(arrivals, balanced));
        return verdict.build();
    }

    private static Arrival arrival(Sent record, TopicPartition partition, long offset) {
        return new Arrival(
                partition.topic(),
                partition.partition(),
                offset,
                record.relation(),
                record.key(),
                record.op(),
                record.tag(),
                0,
                null,
                Arrival.Payload.NONE,
                null,
                record.lsn(),
                record.isStreamed() ? null : "first",
                record.txId(),
                record.part());
    }

    /** The transaction of Kafka whose last record is one of several unmarked ones of a transaction; empty if none. */
    Optional<Integer> divisible() {
        for (int number = kafka.size() - 1; number >= 0; number--) {
            List<Sent> records = kafka.get(number);
            int size = records.size();
            if (size > 1
                    && records.get(size - 1).part() == 1
                    && records.get(size - 1).isStreamed()
                    && records.get(size - 1).txId() == records.get(size - 2).txId()) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    /** Whether the sum is another one without this record, from its transaction of Kafka on. */
    boolean changesTheSum(int number, int index) {
        Sent record = kafka.get(number).get(index);
        Stream<Sent> later = Stream.concat(
                kafka.get(number).subList(index + 1, kafka.get(number).size()).stream(),
                kafka.subList(number + 1, kafka.size()).stream().flatMap(List::stream));
        boolean isInParts = kafka.stream()
                .flatMap(List::stream)
                .anyMatch(other -> other.txId() == record.txId() && other.part() > 1);
        Stream<Sent> earlier = Stream.concat(
                kafka.subList(0, number).stream().flatMap(List::stream), kafka.get(number).subList(0, index).stream());
        return record.op() == Arrival.UPDATE
                && later.noneMatch(record::isOfSameKey)
                && !isInParts
                && earlier.filter(record::isOfSameKey).reduce((one, two) -> two).stream()
                        .anyMatch(before -> before.balance() != record.balance());
    }
}
