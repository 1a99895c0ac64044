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

/** Reads all topics with a prefix from the beginning, and keeps the records. */
final class Topics implements AutoCloseable {

    private final String prefix;
    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();

    Topics(Servers servers, TestDatabase database) {
        this(servers.broker().bootstrapServers(), database.name() + ".");
    }

    /** The topics of one of several connectors on a database. */
    Topics(Servers servers, TestConnector connector) {
        this(servers.broker().bootstrapServers(), connector.name() + ".");
    }

    Topics(String bootstrapServers, String prefix) {
        this.prefix = prefix;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "max.poll.records", "5000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** All records read so far; those of a partition are in order. */
    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** Reads until a condition holds for all records read so far, and returns these. */
    List<Change> await(String what, Predicate<List<Change>> condition) {
        long deadline = System.nanoTime() + WaitLimit.LIMIT.toNanos();
        while (!condition.test(changes)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("No " + what + " within " + WaitLimit.LIMIT.toSeconds() + " s; "
                        + changes.size()
                        + " records arrived, the last: "
                        + changes.subList(Math.max(0, changes.size() - 10), changes.size()).stream()
                                .map(change -> change.table() + " " + change.brief() + " " + change.after())
                                .toList());
            }
            read();
        }
        return changes();
    }

    /** Reads until at least this many records have arrived. */
    List<Change> await(int count) {
        return await(count + " records", seen -> seen.size() >= count);
    }

    /** Reads until at least this many records of a table have arrived, and returns them. */
    List<Change> await(String table, int count) {
        await(count + " records of " + table, seen -> of(table).size() >= count);
        return of(table);
    }

    /** The records of a table that have been read. */
    List<Change> of(String table) {
        return changes.stream().filter(change -> change.table().equals(table)).collect(Collectors.toList());
    }

    /** Reads the records that have arrived so far. */
    void readAvailable() {
        discover();
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            read();
        }
    }

    /** The runs of the connector that sent the records, from the header with the run id. */
    Set<String> runs() {
        return changes.stream()
                .map(change -> change.headers().getOrDefault("__debezium.context.runId", ""))
                .collect(Collectors.toSet());
    }

    private void read() {
        discover();
        if (assigned.isEmpty()) {
            consumer.partitionsFor("no-topic-yet-" + prefix, Duration.ofSeconds(1));
            return;
        }
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(Duration.ofMillis(200))) {
            changes.add(Change.of(record));
        }
    }

    private void discover() {
        Set<TopicPartition> present = consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith(prefix))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
        if (assigned.addAll(present)) {
            consumer.assign(assigned);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
