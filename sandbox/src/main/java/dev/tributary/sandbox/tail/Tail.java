// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.tail;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.sandbox.ProgressBar;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * One run of the connector in Debezium's embedded engine. When it closes or the JVM ends, the engine stops, and what
 * the run has created in the database is dropped.
 */
final class Tail implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final TailOptions options;
    private final PrintStream err;
    private final ProgressBar bar;
    private final SnapshotProgress snapshot;
    private final TemporarySlot slot;
    private final EventLine line = new EventLine();
    private final AtomicLong printed = new AtomicLong();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "tail"));
    private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
    private final Thread atExit = new Thread(this::end, "tail-exit");
    private volatile @Nullable String failure;

    Tail(
            Map<String, String> config,
            TemporarySlot.PublicationUse publication,
            TailOptions options,
            PrintStream out,
            PrintStream err) {
        this.options = options;
        this.err = err;
        this.bar = new ProgressBar(out, ProgressBar.isTerminal());
        this.snapshot = new SnapshotProgress(ConnectorConfig.of(config).topicPrefix());
        this.slot = TemporarySlot.of(config, publication);
        Properties properties = new Properties();
        properties.putAll(config);
        properties.putAll(slot.options());
        properties.setProperty("name", "tail");
        properties.setProperty("connector.class", "dev.tributary.PostgresSourceConnector");
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        this.engine = DebeziumEngine.create(Connect.class)
                .using(properties)
                .using((success, message, error) -> {
                    failure = success ? null : message;
                    enough.countDown();
                })
                .notifying(this::print)
                .build();
    }

    /** Prints events until the requested number or time is reached, or the connector fails. */
    int run() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(atExit);
        executor.execute(engine);
        long end = options.seconds()
                .map(seconds -> System.nanoTime() + seconds.toNanos())
                .orElse(Long.MAX_VALUE);
        while (System.nanoTime() < end && !enough.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            snapshot.show(bar);
        }
        bar.end();
        if (failure != null) {
            err.println("tributary tail: " + failure);
            return 1;
        }
        return 0;
    }

    private void print(ChangeEvent<SourceRecord, SourceRecord> event) {
        if (enough.getCount() == 0) {
            return;
        }
        bar.above(line.of(event.value()));
        long count = printed.incrementAndGet();
        if (options.events().isPresent() && count >= options.events().getAsLong()) {
            enough.countDown();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyExiting) {
            // The hook ends this run. Waiting for it here would be a deadlock.
            return;
        }
        end();
    }

    private synchronized void end() {
        if (ended.getCount() == 0) {
            return;
        }
        try {
            engine.close();
        } catch (IOException | IllegalStateException e) {
            // It was never started, or has already stopped.
        }
        executor.shutdown();
        try {
            executor.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        slot.drop(err);
        ended.countDown();
    }
}
