// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import dev.tributary.services.HttpApi;
import dev.tributary.services.HttpApi.Response;
import dev.tributary.services.Instance;
import dev.tributary.services.ServiceConfig;
import dev.tributary.services.TransactionReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The service: reads the topics of {@code orders}, {@code order_lines} and {@code customers}, and serves
 *
 * <ul>
 *   <li>{@code /}: a page of orders, updated live
 *   <li>{@code /api/orders}, {@code /api/orders/ID}: orders as JSON
 *   <li>{@code /api/changes}: orders and then their changes, as server-sent events
 *   <li>{@code /health}: 200 once all records that existed at the start have been read, 503 before that and after a
 *       failure
 * </ul>
 *
 * <p>An order and its lines are shown together, since all changes of a transaction of the database are. For that, each
 * instance reads all partitions and shows all orders.
 */
public final class OrderBoard implements AutoCloseable {

    private static final int PORT = 8090;
    private static final String NAME = "order-board";
    private static final String ORDERS = "/api/orders";

    private final Board board = new Board();
    private final OrderViews views;
    private final TransactionReader reader;
    private final HttpApi http;

    private OrderBoard(ServiceConfig config) throws IOException {
        CustomerNames names = new CustomerNames(board::renamed);
        this.views = new OrderViews(names);
        this.http = new HttpApi(config.http());
        this.reader = new TransactionReader(config, ShopTopics.TABLES, new ShopTopics(board, names));
    }

    /** {@link ServiceConfig#of} describes the environment variables. */
    public static void main(String[] arguments) throws InterruptedException {
        Instance.run(() -> start(ServiceConfig.of(System.getenv(), NAME, PORT)));
    }

    /** Starts the service. It serves requests when this returns; {@code /health} reports when the board is complete. */
    public static OrderBoard start(ServiceConfig config) throws IOException {
        OrderBoard service = new OrderBoard(config);
        byte[] page = page();
        service.http.page(() -> page).json("/health", rest -> service.health()).json(ORDERS, service::orders).stream(
                        "/api/changes", new Changes(service.http, service.board, service.views))
                .start();
        service.reader.start();
        return service;
    }

    @Override
    public void close() {
        reader.close();
        http.close();
    }

    private Response health() {
        Map<String, Object> health = new LinkedHashMap<>();
        boolean up = reader.isReady();
        health.put("status", up ? "UP" : "DOWN");
        health.put("orders", board.orders().size());
        health.put("incompleteTransactions", reader.open());
        return up ? Response.ok(health) : Response.unavailable(health);
    }

    private Response orders(String rest) {
        if (!reader.isReady()) {
            return health();
        }
        if (rest.isEmpty() || rest.equals("/")) {
            return Response.ok(board.orders().stream().map(views::of).toList());
        }
        try {
            return board.order(Long.parseLong(rest.substring(1)))
                    .map(order -> Response.ok(views.of(order)))
                    .orElseGet(() -> Response.notFound("there is no such order"));
        } catch (NumberFormatException e) {
            return Response.notFound("expected the number of an order, such as " + ORDERS + "/1");
        }
    }

    private static byte[] page() {
        try (InputStream in = Objects.requireNonNull(OrderBoard.class.getResourceAsStream("board.html"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
