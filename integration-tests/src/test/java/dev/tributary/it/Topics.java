// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads every topic that begins with a prefix, from the beginning, and keeps what it has read. */
final class Topics implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final String prefix;
    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();

    Topics(Servers servers, TestDatabase database) {
        this(servers.broker().bootstrapServers(), database.name() + ".");
    }

    Topics(String bootstrapServers, String prefix) {
        this.prefix = prefix;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Everything read so far; within a partition in its order. */
    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** Reads until the condition holds for everything read, and returns that. */
    List<Change> await(String what, Predicate<List<Change>> condition) {
        return await(what, LIMIT, condition);
    }

    List<Change> await(String what, Duration limit, Predicate<List<Change>> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.test(changes)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("No " + what + " within " + limit.toSeconds() + " s; " + changes.size()
                        + " records arrived, the last: "
                        + changes.subList(Math.max(0, changes.size() - 10), changes.size()));
            }
            read();
        }
        return changes();
    }

    /** Reads until at least so many records have arrived. */
    List<Change> await(int count) {
        return await(count + " records", seen -> seen.size() >= count);
    }

    /** Reads until at least so many records of a table have arrived, and returns them. */
    List<Change> await(String table, int count) {
        await(count + " records of " + table, seen -> of(table).size() >= count);
        return of(table);
    }

    /** What has been read of a table. */
    List<Change> of(String table) {
        return changes.stream().filter(change -> change.table().equals(table)).collect(Collectors.toList());
    }

    private void read() {
        Set<TopicPartition> present = consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith(prefix))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
        if (assigned.addAll(present)) {
            consumer.assign(assigned);
        }
        if (assigned.isEmpty()) {
            consumer.partitionsFor("no-topic-yet-" + prefix, Duration.ofSeconds(1));
            return;
        }
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(Duration.ofMillis(200))) {
            changes.add(Change.of(record));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
