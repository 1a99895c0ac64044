// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Decides the next action in the shop. The same seed and the same shop give the same sequence. Kinds are dealt like
 * cards, round by round, so that a few seconds of traffic contain all kinds.
 */
final class ShopScript {

    private static final List<String> SENSORS = List.of("hall-1", "hall-2", "cold-room");

    private final TrafficMix mix;
    private final Random random;
    private final ShopMemory memory;
    private final Deque<TrafficMix.Kind> round = new ArrayDeque<>();

    ShopScript(TrafficMix mix, long seed, ShopMemory memory) {
        this.mix = mix;
        this.random = new Random(seed);
        this.memory = memory;
    }

    /** The next action. If the shop lacks a row that the action needs, an action that creates such a row. */
    ShopAction next() {
        if (round.isEmpty()) {
            List<TrafficMix.Kind> dealt = mix.round();
            Collections.shuffle(dealt, random);
            round.addAll(dealt);
        }
        return decide(round.remove()).or(this::place).orElseGet(this::provide);
    }

    private Optional<ShopAction> decide(TrafficMix.Kind kind) {
        return switch (kind) {
            case CUSTOMER_JOINS -> Optional.of(joins());
            case CUSTOMER_MOVES -> with(memory.customers.all, key -> new CustomerActions.Moves(key, street()));
            case CUSTOMER_LEAVES -> with(memory.customers.unused, CustomerActions.Leaves::new);
            case PRODUCT_ADDED -> Optional.of(added());
            case PRICE_CHANGES -> with(memory.products.all, key -> new ProductActions.PriceChanges(key, price()));
            case PRODUCT_WITHDRAWN -> with(memory.products.unused, ProductActions.Withdrawn::new);
            case ORDER_PLACED -> place();
            case ORDER_PAID -> with(memory.placed, key -> new OrderActions.Paid(key, uuid(), method()));
            case ORDER_SHIPPED -> with(memory.paid, key -> new OrderActions.Shipped(key, uuid()));
            case ORDER_CANCELLED -> with(memory.paid, key -> new OrderActions.Cancelled(key, uuid()));
            case ORDER_CORRECTED -> with(memory.placed, this::correct);
            case ORDER_DELETED -> with(memory.closed, OrderActions.Deleted::new);
            case OUTBOX_PUBLISHED ->
                Optional.ofNullable(memory.unpublished.peek()).map(OutboxActions.Published::new);
            case OUTBOX_PURGED -> oldest(memory.published, OutboxActions.Purged::new);
            case READING_TAKEN -> Optional.of(taken());
            case READING_CORRECTED -> with(memory.readings, key -> new ReadingActions.Corrected(key, celsius()));
            case READING_PRUNED ->
                Optional.ofNullable(memory.oldestReadings.peek()).map(ReadingActions.Pruned::new);
        };
    }

    private Optional<ShopAction> with(KeyPool pool, LongFunction<ShopAction> action) {
        OptionalLong drawn = pool.draw(random);
        return drawn.isPresent() ? Optional.of(action.apply(drawn.getAsLong())) : Optional.empty();
    }

    private static <K> Optional<ShopAction> oldest(Deque<K> queue, Function<K, ShopAction> action) {
        return Optional.ofNullable(queue.peek()).map(action);
    }

    private Optional<ShopAction> place() {
        if (memory.products.all.size() == 0) {
            return Optional.empty();
        }
        int lines = 1 + random.nextInt(4);
        return with(
                memory.customers.all,
                customer -> new OrderActions.Placed(
                        uuid(),
                        customer,
                        Stream.generate(this::line).limit(lines).toList()));
    }

    private ShopAction provide() {
        return memory.products.all.size() == 0 ? added() : joins();
    }

    private OrderActions.Line line() {
        return new OrderActions.Line(memory.products.all.draw(random).orElseThrow(), 1 + random.nextInt(9));
    }

    private ShopAction correct(long order) {
        int lines = memory.order(order).products().size();
        return new OrderActions.Corrected(order, 1 + random.nextInt(lines), 1 + random.nextInt(9));
    }

    private ShopAction joins() {
        return new CustomerActions.Joins(uuid(), "Customer " + random.nextInt(10_000), street());
    }

    private ShopAction added() {
        return new ProductActions.Added("NEW-" + uuid(), price());
    }

    private ShopAction taken() {
        return new ReadingActions.Taken(SENSORS.get(random.nextInt(SENSORS.size())), celsius());
    }

    private String street() {
        return 1 + random.nextInt(200) + " Harbour Road";
    }

    private String method() {
        return random.nextInt(3) == 0 ? "transfer" : "card";
    }

    private BigDecimal price() {
        return BigDecimal.valueOf(199 + random.nextInt(20_000), 2);
    }

    private BigDecimal celsius() {
        return BigDecimal.valueOf(2_000 + random.nextInt(-300, 300), 2);
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
