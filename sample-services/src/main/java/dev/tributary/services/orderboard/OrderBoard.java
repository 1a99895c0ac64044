// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import dev.tributary.services.HttpApi;
import dev.tributary.services.HttpApi.Answer;
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
 * The service: reads the topics of {@code orders} and {@code customers}, and answers
 *
 * <ul>
 *   <li>{@code /}: a page that shows the orders and follows them
 *   <li>{@code /api/orders}, {@code /api/orders/ID}: orders as JSON
 *   <li>{@code /api/changes}: orders and then their changes, as server-sent events
 *   <li>{@code /health}: 200 once everything has been read that was there at the start, 503 before and after a failure
 * </ul>
 *
 * <p>Instances share the partitions of {@code orders}; each shows those it has.
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

    /** See {@link ServiceConfig#of} for what the environment has to say. */
    public static void main(String[] arguments) throws InterruptedException {
        Instance.run(() -> start(ServiceConfig.of(System.getenv(), NAME, PORT)));
    }

    /** Starts it; it answers when this returns, and is complete when {@code /health} says so. */
    public static OrderBoard start(ServiceConfig config) throws IOException {
        OrderBoard service = new OrderBoard(config);
        byte[] page = page();
        service.http.page(() -> page).json("/health", rest -> service.health()).json(ORDERS, service::orders).stream(
                        "/api/changes", new Changes(service.http, service.board, service.views))
                .start();
        service.customers.start();
        return service;
    }

    /** Only once all names are known: else each that comes would have to be looked for on the board. */
    private void readOrders() {
        orders.start();
    }

    @Override
    public void close() {
        // Partitions first: others take them over while this one still answers.
        orders.close();
        customers.close();
        http.close();
    }

    private Answer health() {
        Map<String, Object> health = new LinkedHashMap<>();
        boolean up = orders.isReady() && customers.isReady();
        health.put("status", up ? "UP" : "DOWN");
        health.put("partitions", orders.partitions());
        health.put("orders", board.orders().size());
        return up ? Answer.ok(health) : Answer.unavailable(health);
    }

    private Answer orders(String rest) {
        if (rest.isEmpty() || rest.equals("/")) {
            return Answer.ok(board.orders().stream().map(views::of).toList());
        }
        try {
            return board.order(Long.parseLong(rest.substring(1)))
                    .map(order -> Answer.ok(views.of(order)))
                    .orElseGet(() -> Answer.notFound("no such order here"));
        } catch (NumberFormatException e) {
            return Answer.notFound("an order is asked for by its number: " + ORDERS + "/1");
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
