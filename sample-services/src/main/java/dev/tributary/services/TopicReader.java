// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    }

    private final String topic;
    private final Follower follower;
    private final Consumer<String, @Nullable String> consumer;
    private final Thread thread;

    /** For each partition, the offset up to which its records must be read before the state is complete. */
    private final Map<TopicPartition, Long> targets = new HashMap<>();

    private volatile boolean closed;
    private volatile boolean ready;

    private TopicReader(String topic, Follower follower, Consumer<String, @Nullable String> consumer) {
        this.topic = topic;
        this.follower = follower;
        this.consumer = consumer;
        this.thread = new Thread(this::run, "read " + topic);
    }

    /**
     * Reads all partitions that the topic has when it is found. Partitions that are added later are read after a
     * restart.
     */
    public static TopicReader whole(ServiceConfig config, String topic, Follower follower) {
        return new TopicReader(topic, follower, consumer(config));
    }

    private static Consumer<String, @Nullable String> consumer(ServiceConfig config) {
        Map<String, Object> properties = new LinkedHashMap<>(config.kafka());
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", "read_committed");
        properties.put("fetch.max.wait.ms", 100);
        // Finds a topic soon after the connector has created it.
        properties.putIfAbsent("metadata.max.age.ms", 2_000);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    public void start() {
        thread.start();
    }

    /** Whether the reader has read all records that existed when it started. */
    public boolean isReady() {
        return ready && !closed;
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
            begin(awaitPartitions());
            while (!closed) {
                consumer.poll(POLL).forEach(follower::record);
                if (!ready && isCaughtUp()) {
                    ready = true;
                }
            }
        } catch (WakeupException e) {
            LOG.info("Stopped reading {}", topic);
        } catch (RuntimeException | Error e) {
            // Without its thread, the service would show an old state for ever, and call itself healthy.
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
        consumer.seekToBeginning(assigned);
        targets.putAll(retry(() -> consumer.endOffsets(assigned, TIMEOUT)));
        LOG.info("Reading {}", assigned);
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
        return targets.isEmpty();
    }
}
