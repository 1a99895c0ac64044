// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.sandbox.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of a contestant. It has one partition, in which the timestamp of each record is when the broker appended
 * it. Rates are computed from these timestamps, because a consumer that lags would distort the rate of a fast producer.
 */
public final class RecordLog implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int LARGEST_BATCH = 256 << 20;

    /** Each transaction ends with one, which takes an offset but is no record. */
    private static final int COMMIT_MARKER = 1;

    /** A zero and the id of a schema. */
    private static final int AVRO_HEADER = 5;

    private final TopicPartition partition;
    private final Admin admin;
    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;

    private RecordLog(TopicPartition partition, String bootstrapServers) {
        this.partition = partition;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.auto.commit",
                        "false",
                        "max.poll.records",
                        "1000",
                        "isolation.level",
                        "read_committed",
                        "max.partition.fetch.bytes",
                        Integer.toString(4 << 20)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    static RecordLog create(KafkaBroker broker, String topic) {
        RecordLog log = new RecordLog(new TopicPartition(topic, 0), broker.bootstrapServers());
        log.admin(() -> log.admin.createTopics(List.of(newTopic(topic))).all().get());
        return log;
    }

    /** A topic as described above. */
    static NewTopic newTopic(String name) {
        return new NewTopic(name, 1, (short) 1)
                .configs(Map.of(
                        "message.timestamp.type", "LogAppendTime",
                        "max.message.bytes", Integer.toString(LARGEST_BATCH),
                        "segment.bytes", Integer.toString(64 << 20)));
    }

    /** The offset after the last record, or after the marker that commits it. */
    public long end() {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** The record at an offset. Waits for it, and returns empty if it does not arrive. */
    public Optional<Arrival> at(long offset) {
        consumer.seek(partition, offset);
        return consumer.poll(TIMEOUT).records(partition).stream().findFirst().map(RecordLog::arrival);
    }

    /** The last record before an offset that {@link #end} returned. Waits for it, as {@link #at}. */
    public Optional<Arrival> lastBefore(long end) {
        consumer.seek(partition, Math.max(0, end - COMMIT_MARKER - 1));
        return consumer.poll(TIMEOUT).records(partition).stream()
                .filter(record -> record.offset() < end)
                .reduce((earlier, later) -> later)
                .map(RecordLog::arrival);
    }

    /** Counts the records between two offsets by reading them all. */
    public long count(long from, long end) {
        long count = 0;
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            count += consumer.poll(TIMEOUT).records(partition).size();
        }
        return count;
    }

    /** Moves to the end. {@link #next} then returns the records that arrive later. */
    public void seekToEnd() {
        consumer.seek(partition, end());
    }

    /** The records that have arrived since the last call. Waits for them briefly. */
    public List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> next() {
        return consumer.poll(Duration.ofMillis(200)).records(partition);
    }

    /** Deletes all current records. */
    public void clear() {
        admin(() -> admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end())))
                .all()
                .get());
    }

    /** The id in a key: the last digits in JSON, with or without schemas; in Avro the number after the schema's id. */
    public static long id(byte @Nullable [] key) {
        if (key == null) {
            return -1;
        }
        if (key.length > AVRO_HEADER && key[0] == 0) {
            return avroNumber(key, AVRO_HEADER);
        }
        String text = new String(key, StandardCharsets.US_ASCII);
        int end = text.length();
        while (end > 0 && !Character.isDigit(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && Character.isDigit(text.charAt(start - 1))) {
            start--;
        }
        return start == end ? -1 : Long.parseLong(text, start, end, 10);
    }

    /** Seven bits a byte, the lowest first; the sign is the lowest bit of all. */
    private static long avroNumber(byte[] bytes, int start) {
        long number = 0;
        int shift = 0;
        for (int at = start; at < bytes.length; at++) {
            number |= (long) (bytes[at] & 0x7F) << shift;
            shift += 7;
        }
        return (number >>> 1) ^ -(number & 1);
    }

    private static Arrival arrival(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        return new Arrival(record.offset(), id(record.key()), record.timestamp(), record.serializedValueSize());
    }

    /** A call of the admin client. */
    private interface Call {
        void run() throws ExecutionException, InterruptedException;
    }

    private void admin(Call call) {
        try {
            call.run();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + partition.topic(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
