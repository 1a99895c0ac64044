// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all topics of a connector from their beginning, as a consumer that sees committed records only. One thread may
 * use it at a time; {@link #pulses()} and {@link #count()} may be asked by any.
 */
public final class ArrivalReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final String prefix;
    private final ArrivalParser parser;
    private final Pulses pulses = new Pulses();
    private final Balances balances = new Balances();
    private final List<Arrival> arrivals = new ArrayList<>();
    private volatile int count;
    private final Map<String, Long> ignored = new TreeMap<>();
    private final Set<TopicPartition> assigned = new HashSet<>();

    /** @param prefix the connector's {@code topic.prefix}; topics are named {@code prefix.schema.table} */
    public ArrivalReader(String bootstrapServers, String prefix) {
        this.prefix = prefix + ".";
        this.parser = new ArrivalParser(pulses, balances);
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "allow.auto.create.topics", "false",
                        // A partition whose end was cut off is a loss, not a reason to read it again.
                        "auto.offset.reset", "none",
                        "metadata.max.age.ms", "1000",
                        "request.timeout.ms", "10000",
                        "default.api.timeout.ms", "10000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Reads what the partitions contain now, also of topics that are new.
     *
     * @return false if the time was not enough, or a broker did not answer for ten seconds; a later call continues
     */
    public boolean readAvailable(Duration patience) {
        long begin = System.nanoTime();
        try {
            assignNew();
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            while (!hasReached(ends)) {
                if (System.nanoTime() - begin > patience.toNanos()) {
                    return false;
                }
                for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(POLL)) {
                    add(record);
                }
            }
            return true;
        } catch (RetriableException e) {
            return false;
        }
    }

    /** Everything read until now, in the order of each partition. The list grows with the next call. */
    public List<Arrival> arrivals() {
        return Collections.unmodifiableList(arrivals);
    }

    /** How many there are, for any thread. */
    public int count() {
        return count;
    }

    public Pulses pulses() {
        return pulses;
    }

    /** The balances in the records that were read until now. */
    public Balances balances() {
        return balances;
    }

    /** The partitions that were read. */
    public Set<TopicPartition> partitions() {
        return Collections.unmodifiableSet(assigned);
    }

    /** The topics with records of tables that are not the load's, and how many they have. */
    public Map<String, Long> ignored() {
        return Collections.unmodifiableMap(ignored);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void add(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        Optional<Arrival> arrival = parser.parse(record);
        arrival.ifPresentOrElse(arrivals::add, () -> ignored.merge(record.topic(), 1L, Long::sum));
        count = arrivals.size();
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void assignNew() {
        Set<TopicPartition> found = consumer.listTopics().entrySet().stream()
                .filter(topic -> isOfTable(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(ArrivalReader::partition)
                .collect(Collectors.toSet());
        found.removeAll(assigned);
        if (!found.isEmpty()) {
            assigned.addAll(found);
            consumer.assign(assigned);
            consumer.seekToBeginning(found);
        }
    }

    /** Not the topic of transaction metadata, which has no schema in its name. */
    private boolean isOfTable(String topic) {
        return topic.startsWith(prefix) && topic.indexOf('.', prefix.length()) >= 0;
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }
}
