// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who watches a connector: one page of the console, which follows the connector's events, and a Prometheus
 * that scrapes the worker every five seconds.
 */
public final class Watcher implements AutoCloseable {

    private static final Duration SCRAPES = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConnectWorker worker;
    private final AtomicLong answers = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isClosed;

    private Watcher(ConnectWorker worker) {
        this.worker = worker;
    }

    /** Starts to watch. */
    public static Watcher of(ConnectWorker worker, Contestant contestant) {
        Watcher watcher = new Watcher(worker);
        watcher.start("page", () -> watcher.follow("/tributary/api/events?connector=" + contestant.id()));
        watcher.start("scrapes", watcher::scrape);
        return watcher;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The count of the answers shows it.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "watcher-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void follow(String path) throws IOException, InterruptedException {
        try (var lines = http.send(request(path), BodyHandlers.ofLines()).body()) {
            lines.takeWhile(line -> !isClosed)
                    .filter(line -> line.startsWith("data:"))
                    .forEach(line -> answers.incrementAndGet());
        }
    }

    private void scrape() throws IOException, InterruptedException {
        while (!isClosed) {
            if (http.send(request("/tributary/metrics"), BodyHandlers.ofString())
                            .statusCode()
                    == 200) {
                answers.incrementAndGet();
            }
            Thread.sleep(SCRAPES.toMillis());
        }
    }

    private HttpRequest request(String path) {
        URI address = worker.restUrl().resolve(path);
        return HttpRequest.newBuilder(address).build();
    }

    /** @throws SandboxException if it has not seen both the page and the metrics */
    @Override
    public void close() {
        isClosed = true;
        threads.forEach(Thread::interrupt);
        if (answers.get() < 2) {
            throw new SandboxException("the console was not seen: " + answers.get() + " answers");
        }
    }
}
