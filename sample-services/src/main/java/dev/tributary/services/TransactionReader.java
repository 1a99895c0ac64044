// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of several tables from the beginning and then follows them, in a separate thread, transaction by
 * transaction of the database. Needs {@code provide.transaction.metadata=true} of the connector, a transaction topic
 * with one partition, and the headers {@code __transaction_id} and {@code __transaction_total_order} of FlattenChange.
 * docs/transactions.md explains how it works.
 *
 * <p>It reads all partitions, because a transaction can be in any of them, and commits no offsets: its follower keeps
 * the state in memory. What was there at the start is passed on record by record, since compaction has removed parts of
 * it. So the state is consistent only once the reader {@linkplain Follower#caughtUp has caught up}.
 *
 * <p>The reader waits until outages of Kafka are over. Any other failure ends the service, so that its supervisor
 * restarts it.
 */
public final class TransactionReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Receives the transactions. Called by the reader's thread. */
    public interface Follower {

        /**
         * Receives the records of a transaction, in the order of its changes; or one record that belongs to none, or
         * that arrives again.
         */
        void transaction(List<ConsumerRecord<String, @Nullable String>> records);

        /** All records have arrived that existed at the start. */
        void caughtUp();
    }

    private final Map<String, String> collections;
    private final String boundaries;
    private final Follower follower;

    /** How long something may be missing before the reader looks whether it can still come. */
    private final Duration patience;

    private final TransactionAssembly assembly;
    private final Consumer<String, @Nullable String> consumer;
    private final Admin admin;
    private final Thread thread = new Thread(this::run, "read transactions");
    private final ObjectMapper json = new ObjectMapper();

    /** What was committed, and what was written, in each partition at the start. */
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    private final Map<TopicPartition, Long> written = new HashMap<>();

    /** What must be read before the transactions that lacked something at a moment can be settled. */
    private Map<TopicPartition, Long> awaited = Map.of();

    private long lastMoment;
    private long moment;
    private long lookedNanos = System.nanoTime();

    private volatile boolean closed;
    private volatile boolean ready;
    private volatile int open;

    /** Reads the topics of tables. */
    public TransactionReader(ServiceConfig config, Collection<String> tables, Follower follower) {
        this.collections = tables.stream().collect(Collectors.toUnmodifiableMap(config::topic, config::collection));
        this.boundaries = config.transactionTopic();
        this.follower = follower;
        this.patience = config.patience();
        this.assembly =
                new TransactionAssembly(collections, Runtime.getRuntime().maxMemory() / 4, follower::transaction);
        Map<String, Object> properties = new LinkedHashMap<>(config.kafka());
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", "read_committed");
        properties.put("fetch.max.wait.ms", 100);
        // Finds a topic soon after the connector has created it.
        properties.putIfAbsent("metadata.max.age.ms", 2_000);
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        this.admin = Admin.create(new LinkedHashMap<>(config.kafka()));
    }

    public void start() {
        thread.start();
    }

    /** Whether the reader has read all records that existed at the start. */
    public boolean isReady() {
        return ready && !closed;
    }

    /** The number of transactions of which something has arrived and something is missing. */
    public int open() {
        return open;
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
        try (admin;
                consumer) {
            begin();
            while (!closed) {
                consumer.poll(POLL).forEach(this::record);
                open = assembly.open();
                if (!ready && hasRead(written)) {
                    follower.caughtUp();
                    ready = true;
                }
                look();
            }
        } catch (WakeupException e) {
            LOG.info("Stopped reading {}", collections.keySet());
        } catch (RuntimeException | Error e) {
            // Without its thread, the service would show an old state for ever, and call itself healthy.
            Instance.crash("cannot read " + collections.keySet(), e);
        }
    }

    /**
     * Reads the transaction topic first, up to now, and then begins to read the others. So for each record that was
     * committed before, it is known whether its transaction has ended.
     */
    private void begin() {
        List<TopicPartition> data = awaitTopics();
        committed.putAll(retry(() -> consumer.endOffsets(data, TIMEOUT)));
        Map<TopicPartition, Long> ends = written(partitions(boundaries::equals));
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        while (!hasRead(ends)) {
            consumer.poll(POLL).forEach(record -> boundary(record, true));
        }
        written.putAll(written(data));
        assign();
        consumer.seekToBeginning(data);
        LOG.info("Reading {}", data);
    }

    private List<TopicPartition> awaitTopics() {
        while (true) {
            List<TopicPartition> found = partitions(collections::containsKey);
            if (found.stream().map(TopicPartition::topic).distinct().count() == collections.size()) {
                return found;
            }
            pause();
        }
    }

    private void record(ConsumerRecord<String, @Nullable String> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.topic().equals(boundaries)) {
            boundary(record, false);
        } else if (record.offset() < written.getOrDefault(partition, 0L)) {
            assembly.addPast(record, record.offset() < committed.getOrDefault(partition, 0L));
        } else {
            assembly.add(record);
        }
    }

    private void boundary(ConsumerRecord<String, @Nullable String> record, boolean past) {
        try {
            Boundary boundary = Boundary.of(json.readTree(record.value() == null ? "" : record.value()));
            if (past) {
                assembly.addPast(boundary);
            } else {
                assembly.add(boundary);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.warn("Skipped offset {} of {}: not a boundary", record.offset(), record.topic());
        }
    }

    /**
     * Looks whether what has been missing for some time can still come. It can not if the reader has passed all that
     * was written when it looked: a Kafka transaction is written completely before its END can be read.
     */
    private void look() {
        if (open > 0 && consumer.assignment().size() == written.size()) {
            // The transaction topic did not exist so far.
            assign();
        }
        if (awaited.isEmpty() && System.nanoTime() - lookedNanos > patience.toNanos()) {
            moment = lastMoment;
            lastMoment = assembly.now();
            awaited = assembly.isAnyLackingSince(moment) ? written(consumer.assignment()) : Map.of();
            lookedNanos = System.nanoTime();
        }
        if (!awaited.isEmpty() && hasRead(awaited)) {
            int settled = assembly.settle(moment);
            if (settled > 0) {
                LOG.info("{} transactions have fewer records in the topics than events, or no END", settled);
            }
            awaited = Map.of();
        }
    }

    private void assign() {
        List<TopicPartition> ends = partitions(boundaries::equals);
        if (ends.size() > 1) {
            throw new IllegalStateException(boundaries + " has " + ends.size() + " partitions, and must have one:"
                    + " otherwise its END records have no order. Set topic.creation for it, and delete it");
        }
        List<TopicPartition> all = new ArrayList<>(written.keySet());
        all.addAll(ends);
        consumer.assign(all);
    }

    private List<TopicPartition> partitions(Predicate<String> topics) {
        return retry(() -> consumer.listTopics(TIMEOUT)).entrySet().stream()
                .filter(topic -> topics.test(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
    }

    /** The ends of partitions, including records that are not committed yet. */
    private Map<TopicPartition, Long> written(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(Function.identity(), any -> OffsetSpec.latest()));
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> ends = new HashMap<>();
        retry(() -> get(admin.listOffsets(latest, options).all()))
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new WakeupException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> retry(() -> consumer.position(end.getKey(), TIMEOUT)) >= end.getValue());
    }

    /** Retries until Kafka responds, since brokers may be unavailable. */
    private <T> T retry(Supplier<T> question) {
        while (!closed) {
            try {
                return question.get();
            } catch (RetriableException e) {
                LOG.warn("No response from Kafka, retrying: {}", e.getMessage());
            }
        }
        throw new WakeupException();
    }

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw new WakeupException();
        }
    }
}
