// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** An ordinary consumer that reads the topics from the beginning, in a separate thread. */
final class EventFeed implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final EventParser parser;
    private final Consumer<ChangeEvent> listener;
    private final Thread thread = new Thread(this::consume, "demo-feed");
    private volatile @Nullable RuntimeException failure;

    EventFeed(String bootstrapServers, Collection<String> topics, EventParser parser, Consumer<ChangeEvent> listener) {
        this.parser = parser;
        this.listener = listener;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", "demo",
                        "auto.offset.reset", "earliest",
                        // A worker that was killed has sent records that it never committed.
                        "isolation.level", "read_committed",
                        "allow.auto.create.topics", "false",
                        // The connector creates each topic with its first event, and the consumer must find it soon.
                        "metadata.max.age.ms", "500"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(topics);
        thread.setDaemon(true);
        thread.start();
    }

    /** Throws the exception that ended the consumer, if there was one. */
    void check() {
        RuntimeException cause = failure;
        if (cause != null) {
            throw cause;
        }
    }

    /** Ends the consumer. The listener is not called after that. */
    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }

    private void consume() {
        try (consumer) {
            while (true) {
                ConsumerRecords<byte @Nullable [], byte @Nullable []> records = consumer.poll(POLL);
                Instant arrived = Instant.now();
                for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : records) {
                    parser.parse(record, arrived).ifPresent(listener);
                }
            }
        } catch (WakeupException e) {
            // Closed.
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
