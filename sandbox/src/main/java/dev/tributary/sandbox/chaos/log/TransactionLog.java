// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Which transaction wrote each record. No consumer can see this, so it is read from the files of the brokers.
 *
 * <p>Markers are written to each partition separately, so neither the position of a record between two markers nor what
 * a consumer sees at a moment says whether records of different partitions were committed together. But since KIP-890
 * ({@code transaction.version=2}) the coordinator gives a producer another epoch at the end of each transaction, and a
 * broker refuses records with the epoch before. So producer id and epoch, which are in each batch, identify a
 * transaction in all partitions. If a cluster does not do that, a producer writes with the same epoch before and after
 * a marker of its own, and this is refused here.
 */
public final class TransactionLog {

    private record Range(long last, KafkaTransaction transaction) {}

    private final Map<TopicPartition, NavigableMap<Long, Range>> ranges;

    private TransactionLog(Map<TopicPartition, NavigableMap<Long, Range>> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads the segments of partitions. A consumer that reads committed records must have reached their ends before.
     *
     * @param directories the directory of each partition on its leader
     * @throws IOException if one cannot be read
     * @throws IllegalStateException if epochs do not identify transactions
     */
    public static TransactionLog read(Map<TopicPartition, Path> directories) throws IOException {
        Builder builder = new Builder();
        for (Map.Entry<TopicPartition, Path> directory : directories.entrySet()) {
            for (Path segment : segments(directory.getValue())) {
                Batch.forEach(segment, batch -> builder.add(directory.getKey(), batch));
            }
        }
        return builder.build();
    }

    /** In the order of their offsets, which are their names. */
    private static List<Path> segments(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    /** The transaction that wrote a record; empty if none did, or if there is no such record. */
    public Optional<KafkaTransaction> of(String topic, int partition, long offset) {
        NavigableMap<Long, Range> ofPartition = ranges.get(new TopicPartition(topic, partition));
        Map.Entry<Long, Range> range = ofPartition == null ? null : ofPartition.floorEntry(offset);
        return range == null || offset > range.getValue().last()
                ? Optional.empty()
                : Optional.of(range.getValue().transaction());
    }

    /** Takes the batches of each partition in their order. */
    public static final class Builder {

        private record Ended(TopicPartition partition, KafkaTransaction transaction) {}

        private final Map<TopicPartition, NavigableMap<Long, Range>> ranges = new HashMap<>();
        private final Map<TopicPartition, Map<Long, KafkaTransaction>> open = new HashMap<>();
        private final Set<Ended> ended = new HashSet<>();

        /** Records of a transaction. */
        public Builder records(TopicPartition partition, long first, long last, KafkaTransaction transaction) {
            return add(partition, new Batch(first, last, transaction.producerId(), transaction.epoch(), true, false));
        }

        Builder add(TopicPartition partition, Batch batch) {
            Map<Long, KafkaTransaction> ofPartition = open.computeIfAbsent(partition, same -> new HashMap<>());
            if (batch.control()) {
                KafkaTransaction last = ofPartition.remove(batch.producerId());
                if (last != null) {
                    ended.add(new Ended(partition, last));
                }
            } else if (batch.transactional()) {
                KafkaTransaction transaction = new KafkaTransaction(batch.producerId(), batch.epoch());
                if (ended.contains(new Ended(partition, transaction))) {
                    throw new IllegalStateException("two transactions in " + partition + " have the same epoch, "
                            + transaction + ": the cluster needs transaction.version=2");
                }
                ofPartition.put(batch.producerId(), transaction);
                ranges.computeIfAbsent(partition, same -> new TreeMap<>())
                        .put(batch.first(), new Range(batch.last(), transaction));
            }
            return this;
        }

        public TransactionLog build() {
            return new TransactionLog(ranges);
        }
    }
}
