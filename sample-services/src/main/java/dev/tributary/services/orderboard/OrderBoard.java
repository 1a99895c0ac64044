// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import dev.tributary.services.HttpApi;
import dev.tributary.services.HttpApi.Response;
import dev.tributary.services.Instance;
import dev.tributary.services.ServiceConfig;
import dev.tributary.services.TopicReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The service: reads the topics of {@code orders} and {@code customers}, and serves
 *
 * <ul>
 *   <li>{@code /}: a page of orders, updated live
 *   <li>{@code /api/orders}, {@code /api/orders/ID}: orders as JSON
 *   <li>{@code /api/changes}: orders and then their changes, as server-sent events
 *   <li>{@code /health}: 200 once all records that existed at the start have been read, 503 before that and after a
 *       failure
 * </ul>
 *
 * <p>Instances share the partitions of {@code orders}. Each shows the orders of its partitions.
 */
public final class OrderBoard implements AutoCloseable {

    private static final int PORT = 8090;
    private static final String NAME = "order-board";
    private static final String ORDERS = "/api/orders";

    private final Board board = new Board();
    private final OrderViews views;
    private final TopicReader orders;
    private final TopicReader customers;
    private final HttpApi http;

    private OrderBoard(ServiceConfig config) throws IOException {
        CustomerNames names = new CustomerNames(board::renamed, this::readOrders);
        this.views = new OrderViews(names);
        this.http = new HttpApi(config.http());
        this.customers = TopicReader.whole(config, config.topic("customers"), names);
        this.orders = TopicReader.shared(config, config.topic("orders"), config.group(), new OrderTopic(board));
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
        service.customers.start();
        return service;
    }

    /** Starts after all names are known: otherwise each new name would require a search of the board. */
    private void readOrders() {
        orders.start();
    }

    @Override
    public void close() {
        // The reader first, so that other instances take over its partitions while this one still serves requests.
        orders.close();
        customers.close();
        http.close();
    }

    private Response health() {
        Map<String, Object> health = new LinkedHashMap<>();
        boolean up = orders.isReady() && customers.isReady();
        health.put("status", up ? "UP" : "DOWN");
        health.put("partitions", orders.partitions());
        health.put("orders", board.orders().size());
        return up ? Response.ok(health) : Response.unavailable(health);
    }

    private Response orders(String rest) {
        if (rest.isEmpty() || rest.equals("/")) {
            return Response.ok(board.orders().stream().map(views::of).toList());
        }
        try {
            return board.order(Long.parseLong(rest.substring(1)))
                    .map(order -> Response.ok(views.of(order)))
                    .orElseGet(() -> Response.notFound("this instance has no such order"));
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
