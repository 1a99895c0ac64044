// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.sandbox.KafkaBroker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** The topics of a contestant that writes many, each with one partition, without transactions. */
public final class TopicGroup implements AutoCloseable {

    private final List<TopicPartition> partitions;
    private final Admin admin;

    /** The sum of the offsets before which all records have been deleted. */
    private long cleared;

    private TopicGroup(List<TopicPartition> partitions, Admin admin) {
        this.partitions = partitions;
        this.admin = admin;
    }

    /** Creates the topics. The timestamp of a record is when the broker appended it. */
    public static TopicGroup create(KafkaBroker broker, List<String> topics) {
        TopicGroup group = new TopicGroup(
                topics.stream().map(topic -> new TopicPartition(topic, 0)).toList(),
                Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers())));
        group.call(admin -> admin.createTopics(
                        topics.stream().map(RecordLog::newTopic).toList())
                .all()
                .get());
        return group;
    }

    /** The number of records in all topics. */
    public long records() {
        return sum(list(OffsetSpec.latest())) - cleared;
    }

    private static long sum(Map<TopicPartition, ListOffsetsResultInfo> offsets) {
        return offsets.values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    /** The time between the first append and the last, in all topics; at least 1. */
    public long millis() {
        long first = list(OffsetSpec.forTimestamp(0)).values().stream()
                .filter(one -> one.offset() >= 0)
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .min()
                .orElse(0);
        long last = list(OffsetSpec.maxTimestamp()).values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .max()
                .orElse(0);
        return Math.max(1, last - first);
    }

    /** Deletes all current records. */
    public void clear() {
        Map<TopicPartition, ListOffsetsResultInfo> ends = list(OffsetSpec.latest());
        cleared = sum(ends);
        Map<TopicPartition, RecordsToDelete> all = ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> RecordsToDelete.beforeOffset(end.getValue().offset())));
        call(client -> client.deleteRecords(all).all().get());
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> request =
                partitions.stream().collect(Collectors.toMap(Function.identity(), one -> spec));
        return call(client -> client.listOffsets(request).all().get());
    }

    /** A call of the admin client. */
    private interface Call<T> {
        T on(Admin admin) throws ExecutionException, InterruptedException;
    }

    private <T> T call(Call<T> call) {
        try {
            return call.on(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics of the benchmark", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
