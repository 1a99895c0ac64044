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
 * Keeps something in step with a topic, in a thread of its own: reads it from its beginning, and then what comes. What is
 * made of it lives in memory, so no offsets are committed; a compacted topic has the latest record of each key, and that is
 * all that is needed.
 *
 * <p>Outages of Kafka are waited out. Whatever else ends the reader ends the service: whoever runs it starts it again.
 */
public final class TopicReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What follows the topic. Called by the reader's thread. */
    public interface Follower {

        /** A record, in the order of its partition. The same one can come again. */
        void record(ConsumerRecord<String, @Nullable String> record);

        /** All records have come that were there when it began with its partitions; again whenever there are new ones. */
        default void caughtUp() {}

        /** Others read these partitions from now on. */
        default void lost(Set<Integer> partitions) {}
    }

    private final String topic;
    private final boolean shared;
    private final Follower follower;
    private final Consumer<String, @Nullable String> consumer;
    private final Thread thread;

    /** Of each partition that is read, up to where its records have to be for what is made of it to be complete. */
    private final Map<TopicPartition, Long> wanted = new HashMap<>();

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

    /** Reads the partitions that fall to this member of a consumer group. */
    public static TopicReader shared(ServiceConfig config, String topic, String group, Follower follower) {
        return new TopicReader(topic, true, follower, consumer(config, Map.of("group.id", group)));
    }

    /** Reads all partitions that the topic has when it is found; those that are added later only after a restart. */
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
        // A topic that the connector has yet to make is noticed soon.
        properties.putIfAbsent("metadata.max.age.ms", 2_000);
        // Partitions that stay where they are are not interrupted when an instance comes or goes.
        properties.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    public void start() {
        thread.start();
    }

    /** Whether everything has been read that was in its partitions when it began with them. */
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
            LOG.info("{} is read no more", topic);
        } catch (RuntimeException e) {
            Instance.crash(topic + " cannot be read any more", e);
        }
    }

    private List<TopicPartition> awaitPartitions() {
        List<PartitionInfo> found = List.of();
        while (found.isEmpty() && !closed) {
            found = patiently(() -> consumer.listTopics(PATIENCE)).getOrDefault(topic, List.of());
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
        // Of none, a consumer would take it for all, and none is what most rebalances bring those that stay.
        if (!assigned.isEmpty()) {
            consumer.seekToBeginning(assigned);
            wanted.putAll(patiently(() -> consumer.endOffsets(assigned, PATIENCE)));
            ready = false;
        }
        partitions = numbers(consumer.assignment());
        LOG.info("{}: reads partitions {}", topic, partitions);
    }

    /** Asks until there is an answer: brokers come and go. */
    private <T> T patiently(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (TimeoutException e) {
                LOG.warn("{}: no answer from Kafka, asking again: {}", topic, e.getMessage());
            }
        }
    }

    private boolean isCaughtUp() {
        wanted.entrySet().removeIf(end -> patiently(() -> consumer.position(end.getKey(), PATIENCE)) >= end.getValue());
        return wanted.isEmpty() && (!shared || consumer.groupMetadata().generationId() > 0);
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
            wanted.keySet().removeAll(revoked);
            follower.lost(numbers(revoked));
            Set<Integer> left = new TreeSet<>(partitions);
            left.removeAll(numbers(revoked));
            partitions = left;
        }
    }
}
