// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tributary.console.cluster.Cluster;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of server-sent events. Each keeps one of the worker's threads, so there are few at a time, and each ends
 * after a while: a browser then connects again. Who gets none polls.
 */
public final class EventStream implements AutoCloseable {

    static final int MAX_STREAMS = 16;
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Shorter than the time after which Connect gives up a request. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(60);

    /** A comment, as long as what the worker's server keeps back before it sends the first bytes. */
    private static final String FILLER = ":" + " ".repeat(8 * 1024) + "\n";

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final Cluster cluster;
    private final Semaphore free = new Semaphore(MAX_STREAMS);
    private final CountDownLatch closed = new CountDownLatch(1);

    public EventStream(Cluster cluster) {
        this.cluster = cluster;
    }

    Response open(@Nullable String name, Optional<String> authorization) {
        StreamingOutput stream = out -> {
            if (!free.tryAcquire()) {
                // The browser waits this long before it asks again; meanwhile the page polls.
                send(out, FILLER + "retry: 30000\nevent: busy\ndata: {}\n\n");
                return;
            }
            try {
                run(out, name, authorization);
            } catch (IOException e) {
                LOG.debug("A page is closed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                free.release();
            }
        };
        return Response.ok(stream, "text/event-stream")
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private void run(OutputStream out, @Nullable String name, Optional<String> authorization)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + MAX_DURATION.toNanos();
        send(out, FILLER + "retry: 1000\n\n");
        do {
            send(out, message(name, authorization));
        } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS) && System.nanoTime() < end);
    }

    private String message(@Nullable String name, Optional<String> authorization) {
        try {
            return "data: " + Views.of(cluster.read(authorization), name) + "\n\n";
        } catch (ConnectException e) {
            // Such as during a rebalance.
            return ": Connect does not answer\n\n";
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed.countDown();
    }
}
