// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import com.sun.net.httpserver.HttpExchange;
import dev.tributary.services.HttpApi;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Streams the board as server-sent events (HTML standard, 9.2): first {@code board} with all orders, then {@code put}
 * and {@code removed}. A client that does not keep up is disconnected. Browsers reconnect, and start with the whole
 * board.
 */
final class Changes implements HttpApi.Stream {

    private static final int BEHIND = 10_000;
    private static final long SILENCE_SECONDS = 5;
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final HttpApi http;
    private final Board board;
    private final OrderViews views;

    Changes(HttpApi http, Board board, OrderViews views) {
        this.http = http;
        this.board = board;
        this.views = views;
    }

    @Override
    public void write(HttpExchange exchange) throws IOException, InterruptedException {
        BlockingQueue<Change> queue = new ArrayBlockingQueue<>(BEHIND);
        AtomicBoolean lost = new AtomicBoolean();
        Board.Watch watch = board.watch(change -> {
            if (!queue.offer(change) && lost.compareAndSet(false, true)) {
                // The thread that writes may be blocked by this client.
                http.drop(exchange);
            }
        });
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, 0);
            OutputStream out = exchange.getResponseBody();
            send(out, "board", watch.orders().stream().map(views::of).toList());
            while (!lost.get()) {
                Change change = queue.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
                if (change == null) {
                    // Detects whether the client has disconnected.
                    out.write(COMMENT);
                } else if (change instanceof Change.Put put) {
                    send(out, "put", views.of(put.order()));
                } else if (change instanceof Change.Removed removed) {
                    send(out, "removed", Map.of("id", removed.id()));
                }
                out.flush();
            }
        } finally {
            watch.end().run();
        }
    }

    private void send(OutputStream out, String event, Object data) throws IOException {
        out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        out.write(http.bytes(data));
        out.write('\n');
        out.write('\n');
        out.flush();
    }
}
