// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.console.cluster.Cluster;
import dev.tributary.console.cluster.Connectors;
import dev.tributary.console.cluster.FakeConnect;
import dev.tributary.console.cluster.Peers;
import dev.tributary.console.worker.Beans;
import dev.tributary.console.worker.History;
import dev.tributary.console.worker.WorkerFacts;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventStreamTest {

    private final Beans beans = new Beans(ManagementFactory.getPlatformMBeanServer());
    private final History history = History.start(beans);
    private final FakeConnect connect = new FakeConnect().ours("shop", "stream-test");
    private final EventStream events = new EventStream(
            new Cluster(new Connectors(connect), new WorkerFacts(beans, history, "1.2.3"), new Peers(Map.of())));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayEnd.countDown();
        events.close();
        threads.shutdownNow();
        history.close();
    }

    private void stream(OutputStream out) throws IOException {
        ((StreamingOutput) events.open(null, Optional.empty()).getEntity()).write(out);
    }

    private String streamed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stream(out);
        String text = out.toString(UTF_8);
        // The server keeps back the first eight kilobytes, so these are a comment.
        assertThat(text).startsWith(":").matches(all -> all.indexOf('\n') >= 8 * 1024, "begins with a long comment");
        return text.substring(text.indexOf('\n') + 1);
    }

    @Test
    void theConnectorsAreAMessage() throws Exception {
        // Given
        events.close();

        // When
        String text = streamed();

        // Then
        assertThat(text)
                .startsWith("retry: 1000\n\ndata: {")
                .contains("\"name\":\"shop\"")
                .endsWith("}\n\n");
    }

    @Test
    void aConnectThatDoesNotAnswerDoesNotEndTheStream() throws Exception {
        // Given
        connect.silent();
        events.close();

        // Then
        assertThat(streamed()).isEqualTo("retry: 1000\n\n: Connect does not answer\n\n");
    }

    @Test
    void oneTooManyIsAskedToPoll() throws Exception {
        // Given
        CountDownLatch started = new CountDownLatch(EventStream.MAX_STREAMS);
        for (int i = 0; i < EventStream.MAX_STREAMS; i++) {
            threads.execute(() -> streamSlowly(started));
        }
        started.await();

        // Then
        assertThat(streamed()).contains("event: busy");
    }

    private void streamSlowly(CountDownLatch started) {
        try {
            stream(new SlowClient(started));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does not take what it is sent. */
    private final class SlowClient extends OutputStream {

        private final CountDownLatch started;

        SlowClient(CountDownLatch started) {
            this.started = started;
        }

        @Override
        public void write(int value) {
            started.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
