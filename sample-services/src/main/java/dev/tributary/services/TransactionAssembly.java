// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Assembles whole transactions of the database from records that arrive in any order across partitions, and passes them
 * on in the order of their END records. The records of a transaction are complete when there are as many as END says.
 *
 * <p>Records without a transaction, such as rows of a snapshot, keep their place in their partition: they are passed on
 * alone, or within the transaction whose records they follow. Passed on alone are also records of a transaction that
 * was passed on before: a connector without exactly-once sends them again after a crash. Their LSN shows that they are
 * older.
 *
 * <p>Not thread-safe.
 */
final class TransactionAssembly {

    private static final String ID = "__transaction_id";
    private static final String ORDER = "__transaction_total_order";

    /** How many completed transactions are remembered: more than a connector sends again after a crash. */
    private static final int REMEMBERED = 100_000;

    /** What a record needs in memory besides its key and value. */
    private static final int OVERHEAD_BYTES = 500;

    private final Map<String, String> collections;
    private final long maxBytes;
    private final Consumer<List<ConsumerRecord<String, @Nullable String>>> follower;

    /** Transactions of which something has arrived, oldest first. */
    private final Map<String, Open> open = new LinkedHashMap<>();

    /** Those whose END has arrived, in the order of these. */
    private final Deque<Open> ended = new ArrayDeque<>();

    /** The latest record of a transaction in each partition, if it is open. */
    private final Map<TopicPartition, Latest> latest = new HashMap<>();

    /** The partitions whose latest record of a transaction was a repetition. */
    private final Set<TopicPartition> repeating = new HashSet<>();

    /** The last transactions that were passed on, and the LSN of their END. */
    private final Map<String, Long> done = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    /** The transaction of the last BEGIN. */
    private @Nullable Open inProgress;

    private long clock;
    private long bytes;

    private record Latest(Open transaction, long order) {}

    /** A transaction that is not complete. */
    private static final class Open {
        private final String id;
        private final TreeMap<Long, ConsumerRecord<String, @Nullable String>> records = new TreeMap<>();
        private final Map<String, Long> counts = new HashMap<>();

        /** Records without a transaction that follow one of its records in a partition. */
        private final Map<Long, List<ConsumerRecord<String, @Nullable String>>> followers = new HashMap<>();

        private boolean begun;
        private @Nullable Map<String, Long> expected;
        private long endLsn = Long.MAX_VALUE;
        private long since;
        private long bytes;

        Open(String id, long since) {
            this.id = id;
            this.since = since;
        }

        /** Since when it lacks records, or its boundaries; never if it is in progress. */
        long lacksSince() {
            return expected == null && begun ? Long.MAX_VALUE : since;
        }

        boolean isComplete(Collection<String> collections) {
            Map<String, Long> all = expected;
            return all != null
                    && collections.stream()
                            .allMatch(each -> counts.getOrDefault(each, 0L) >= all.getOrDefault(each, 0L));
        }
    }

    /**
     * @param collections the data collection of each topic that is read; END counts the events of others, too
     * @param maxBytes how much memory the records of incomplete transactions may need
     * @param follower receives the records of each transaction, in the order of the changes
     */
    TransactionAssembly(
            Map<String, String> collections,
            long maxBytes,
            Consumer<List<ConsumerRecord<String, @Nullable String>>> follower) {
        this.collections = Map.copyOf(collections);
        this.maxBytes = maxBytes;
        this.follower = follower;
    }

    /** Adds a BEGIN or END. */
    void add(Boundary boundary) {
        if (isDone(boundary.id())) {
            return;
        }
        Open transaction = open(boundary.id());
        giveUp(transaction.id);
        transaction.begun = true;
        inProgress = transaction;
        if (boundary.isEnd() && transaction.expected == null) {
            transaction.endLsn = lsn(boundary.id());
            transaction.expected = boundary.events();
            transaction.since = ++clock;
            ended.add(transaction);
            passOn();
        }
    }

    /** A BEGIN or END that was there before the records are read: the records of an ended one are {@link #addPast}. */
    void addPast(Boundary boundary) {
        if (boundary.isEnd()) {
            giveUp(number(boundary.id()));
            open.remove(number(boundary.id()));
            done.put(number(boundary.id()), lsn(boundary.id()));
        } else {
            add(boundary);
        }
    }

    /**
     * Transactions are sent one after the other, so one that has no END by now gets none, such as after a lost slot.
     */
    private void giveUp(String next) {
        Open last = inProgress;
        if (last != null && last.expected == null && !last.id.equals(next)) {
            last.begun = false;
            last.since = ++clock;
        }
        inProgress = null;
    }

    /**
     * Adds a record.
     *
     * @throws IllegalStateException if incomplete transactions need too much memory
     */
    void add(ConsumerRecord<String, @Nullable String> record) {
        TopicPartition partition = partition(record);
        String id = header(record, ID);
        if (id == null) {
            addWithoutTransaction(partition, record);
        } else if (isDone(id)) {
            repeating.add(partition);
            follower.accept(List.of(record));
        } else {
            Open transaction = open(id);
            long order = order(record);
            if (transaction.records.putIfAbsent(order, record) == null) {
                transaction.counts.merge(collections.getOrDefault(record.topic(), ""), 1L, Long::sum);
                repeating.remove(partition);
                latest.put(partition, new Latest(transaction, order));
                hold(transaction, record);
                passOn();
            }
        }
    }

    private void addWithoutTransaction(TopicPartition partition, ConsumerRecord<String, @Nullable String> record) {
        if (record.value() == null && repeating.contains(partition)) {
            // The tombstone after a delete; the key may have been inserted again since.
            return;
        }
        Latest preceding = latest.get(partition);
        if (preceding == null) {
            follower.accept(List.of(record));
        } else {
            preceding
                    .transaction
                    .followers
                    .computeIfAbsent(preceding.order, any -> new ArrayList<>())
                    .add(record);
            hold(preceding.transaction, record);
        }
    }

    /**
     * Adds a record that was written before the start. It is passed on at once if its transaction has ended.
     *
     * @param committed whether it was committed before the transaction topic was read; then only a transaction that was
     *     open there has not ended
     */
    void addPast(ConsumerRecord<String, @Nullable String> record, boolean committed) {
        String id = header(record, ID);
        if (id != null && (isDone(id) || (committed && !open.containsKey(number(id))))) {
            follower.accept(List.of(record));
        } else {
            add(record);
        }
    }

    /** A moment of this assembly, for {@link #settle}. */
    long now() {
        return clock;
    }

    /** Whether a transaction that lacked something at a moment still does. */
    boolean isAnyLackingSince(long moment) {
        return open.values().stream().anyMatch(each -> each.lacksSince() <= moment);
    }

    /** The number of transactions that are incomplete. */
    int open() {
        return open.size();
    }

    /**
     * Passes on those that will not become complete: a transform or compaction has removed records, or retention has
     * removed BEGIN and END.
     *
     * @param moment a moment since when everything has been read that had been written then
     * @return how many
     */
    int settle(long moment) {
        List<Open> withoutBoundaries = open.values().stream()
                .filter(each -> each.expected == null && each.lacksSince() <= moment)
                .toList();
        withoutBoundaries.forEach(this::passOn);
        int settled = withoutBoundaries.size();
        while (!ended.isEmpty() && ended.peek().lacksSince() <= moment) {
            passOn(ended.remove());
            passOn();
            settled++;
        }
        return settled;
    }

    private void passOn() {
        Set<String> read = Set.copyOf(collections.values());
        while (!ended.isEmpty() && ended.peek().isComplete(read)) {
            passOn(ended.remove());
        }
    }

    private void passOn(Open transaction) {
        open.remove(transaction.id);
        done.put(transaction.id, transaction.endLsn);
        latest.values().removeIf(each -> each.transaction == transaction);
        bytes -= transaction.bytes;
        List<ConsumerRecord<String, @Nullable String>> all = new ArrayList<>();
        transaction.records.forEach((order, record) -> {
            all.add(record);
            all.addAll(transaction.followers.getOrDefault(order, List.of()));
        });
        if (!all.isEmpty()) {
            follower.accept(all);
        }
    }

    private Open open(String id) {
        return open.computeIfAbsent(number(id), number -> new Open(number, ++clock));
    }

    /** Postgres uses a number again after some billion transactions, or after a failover. */
    private boolean isDone(String id) {
        Long end = done.get(number(id));
        return end != null && lsn(id) <= end;
    }

    /** Of {@code 757:29367472}, the number of the transaction: the LSN is that of the event. */
    private static String number(String id) {
        return id.substring(0, colon(id));
    }

    private static long lsn(String id) {
        return colon(id) == id.length() ? 0 : Long.parseLong(id.substring(colon(id) + 1));
    }

    private static int colon(String id) {
        return id.indexOf(':') < 0 ? id.length() : id.indexOf(':');
    }

    private void hold(Open transaction, ConsumerRecord<String, @Nullable String> record) {
        long size =
                OVERHEAD_BYTES + Math.max(0L, record.serializedKeySize()) + Math.max(0L, record.serializedValueSize());
        transaction.bytes += size;
        bytes += size;
        if (bytes > maxBytes) {
            throw new IllegalStateException("The records of " + open.size() + " incomplete transactions need more than "
                    + maxBytes + " bytes; the last one, " + transaction.id + ", has " + transaction.records.size()
                    + " records so far. Give the service more memory, or keep its transactions smaller");
        }
    }

    private static long order(ConsumerRecord<?, ?> record) {
        String order = header(record, ORDER);
        if (order == null) {
            throw new IllegalStateException("Records of " + record.topic() + " have the header " + ID + ", but not "
                    + ORDER + ". Add transaction.total_order to add.headers of FlattenChange");
        }
        return Long.parseLong(order);
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
