// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from the beginning and then follows it, in a separate thread. Its listener keeps its state in memory,
 * so the reader commits no offsets. A compacted topic has the latest record of each key, which is all that the state
 * needs.
 *
 * <p>The reader waits until outages of Kafka are over. Any other failure ends the service, so that its supervisor
 * restarts it.
 */
public final class TopicReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Receives the records. Called by the reader's thread. */
    public interface Follower {

        /** Receives a record, in the order of its partition. The same record can arrive more than once. */
        void record(ConsumerRecord<String, @Nullable String> record);

        /**
         * All records have arrived that existed when the reader got its partitions. Called again after it gets new
         * partitions.
         */
        default void caughtUp() {}

        /** Other instances read these partitions from now on. */
        default void lost(Set<Integer> partitions) {}
    }

    private final String topic;
    private final boolean shared;
    private final Follower follower;
    private final Consumer<String, @Nullable String> consumer;
    private final Thread thread;

    /** For each partition, the offset up to which its records must be read before the state is complete. */
    private final Map<TopicPartition, Long> targets = new HashMap<>();

    private volatile boolean closed;
    private volatile boolean ready;
    private volatile Set<Integer> partitions = Set.of();

    private TopicReader(String topic, boolean shared, Follower follower, Consumer<String, @Nullable String> consumer) {
        this.topic = topic;
        this.shared = shared;
        this.follower = follower;
        this.consumer = consumer;
        this.thread = new Thread(this::run, "read " + topic);
    }

    /** Reads the partitions that are assigned to this member of a consumer group. */
    public static TopicReader shared(ServiceConfig config, String topic, String group, Follower follower) {
        return new TopicReader(topic, true, follower, consumer(config, Map.of("group.id", group)));
    }

    /**
     * Reads all partitions that the topic has when it is found. Partitions that are added later are read after a
     * restart.
     */
    public static TopicReader whole(ServiceConfig config, String topic, Follower follower) {
        return new TopicReader(topic, false, follower, consumer(config, Map.of()));
    }

    private static Consumer<String, @Nullable String> consumer(ServiceConfig config, Map<String, Object> more) {
        Map<String, Object> properties = new LinkedHashMap<>(config.kafka());
        properties.putAll(more);
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", "read_committed");
        properties.put("fetch.max.wait.ms", 100);
        // Finds a topic soon after the connector has created it.
        properties.putIfAbsent("metadata.max.age.ms", 2_000);
        // When an instance joins or leaves, the other instances keep reading the partitions that stay assigned to them.
        properties.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    public void start() {
        thread.start();
    }

    /** Whether the reader has read all records that existed when it got its partitions. */
    public boolean isReady() {
        return ready && !closed;
    }

    /** The partitions it reads. */
    public Set<Integer> partitions() {
        return partitions;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            if (shared) {
                consumer.subscribe(List.of(topic), new Assignment());
            } else {
                begin(awaitPartitions());
            }
            while (!closed) {
                consumer.poll(POLL).forEach(follower::record);
                if (!ready && isCaughtUp()) {
                    ready = true;
                    follower.caughtUp();
                }
            }
        } catch (WakeupException e) {
            LOG.info("Stopped reading {}", topic);
        } catch (RuntimeException e) {
            Instance.crash("cannot read " + topic, e);
        }
    }

    private List<TopicPartition> awaitPartitions() {
        List<PartitionInfo> found = List.of();
        while (found.isEmpty() && !closed) {
            found = retry(() -> consumer.listTopics(TIMEOUT)).getOrDefault(topic, List.of());
            if (found.isEmpty()) {
                pause();
            }
        }
        List<TopicPartition> all = found.stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(all);
        return all;
    }

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw new WakeupException();
        }
    }

    private void begin(Collection<TopicPartition> assigned) {
        // For an empty list the consumer would seek in all partitions, and most rebalances assign no new partitions.
        if (!assigned.isEmpty()) {
            consumer.seekToBeginning(assigned);
            targets.putAll(retry(() -> consumer.endOffsets(assigned, TIMEOUT)));
            ready = false;
        }
        partitions = numbers(consumer.assignment());
        LOG.info("{}: reading partitions {}", topic, partitions);
    }

    /** Retries until Kafka responds, since brokers may be unavailable. */
    private <T> T retry(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (TimeoutException e) {
                LOG.warn("{}: no response from Kafka, retrying: {}", topic, e.getMessage());
            }
        }
    }

    private boolean isCaughtUp() {
        targets.entrySet().removeIf(end -> retry(() -> consumer.position(end.getKey(), TIMEOUT)) >= end.getValue());
        return targets.isEmpty() && (!shared || consumer.groupMetadata().generationId() > 0);
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toCollection(TreeSet::new));
    }

    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            begin(assigned);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            targets.keySet().removeAll(revoked);
            follower.lost(numbers(revoked));
            Set<Integer> left = new TreeSet<>(partitions);
            left.removeAll(numbers(revoked));
            partitions = left;
        }
    }
}
