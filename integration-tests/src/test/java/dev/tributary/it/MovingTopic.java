// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MovingTable}, as a consumer of committed records rebuilds it from its topic. Collects events that must never
 * happen. It does not keep the records.
 */
final class MovingTopic implements AutoCloseable {

    private static final String UNAVAILABLE = "__debezium_unavailable_value";
    private static final int MOST_PROBLEMS = 20;

    private final String topic;
    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final Map<Integer, Row> rows = new HashMap<>();
    private final Map<Integer, Long> latest = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private final Set<Integer> rowsRead = new HashSet<>();
    private final List<String> backInTime = new ArrayList<>();
    private Collection<TopicPartition> assigned = List.of();
    private long reads;
    private long records;
    private boolean ended;

    private record Row(
            long version, @Nullable String small, @Nullable String large) {}

    MovingTopic(String bootstrapServers, String prefix) {
        topic = prefix + ".public." + MovingTable.NAME;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Reads the records that have arrived so far. */
    void read() {
        if (assigned.isEmpty()) {
            assigned = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(assigned);
        }
        if (assigned.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(this::add);
        }
    }

    private void add(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        Change change = Change.of(record);
        if (change.isTombstone()) {
            return;
        }
        records++;
        int id = change.key().path("id").asInt();
        ended |= change.source().path("snapshot").asText().equals("last");
        if (gone.contains(id)) {
            problem(id + " comes back by " + change.op());
        }
        if (change.op().equals("d")) {
            gone.add(id);
            rows.remove(id);
            return;
        }
        if (change.op().equals("r")) {
            reads++;
            rowsRead.add(id);
        }
        put(id, change);
    }

    private void put(int id, Change change) {
        long version = change.after().path("version").asLong();
        Long before = latest.put(id, version);
        if (before != null
                && (version < before || (version == before && !change.op().equals("r")))) {
            problem(id + " goes from version " + before + " to " + version + " by " + change.op());
        }
        String large = text(change, "large");
        Row known = rows.get(id);
        if (UNAVAILABLE.equals(large) && known != null) {
            large = known.large();
        }
        rows.put(id, new Row(version, text(change, "small"), large));
    }

    private void problem(String what) {
        if (backInTime.size() < MOST_PROBLEMS) {
            backInTime.add(what);
        }
    }

    private static @Nullable String text(Change change, String field) {
        return change.after().path(field).isNull()
                ? null
                : change.after().path(field).asText();
    }

    /** Whether any row of the snapshot has arrived. */
    boolean isBegun() {
        return reads > 0;
    }

    /** How many records have arrived. */
    long records() {
        return records;
    }

    /** Whether the last row of the snapshot has arrived. */
    boolean hasEnded() {
        return ended;
    }

    /** Rows that went back to an older version, or came back after they had been deleted. */
    List<String> backInTime() {
        return backInTime;
    }

    /** How many times the snapshot sent a row. */
    long reads() {
        return reads;
    }

    /** How many different rows the snapshot sent. */
    long rowsRead() {
        return rowsRead.size();
    }

    /** The rows. */
    Map<Integer, String> rows() {
        Map<Integer, String> texts = new TreeMap<>();
        rows.forEach((id, row) -> texts.put(id, MovingTable.text(row.version(), row.small(), row.large())));
        return texts;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
