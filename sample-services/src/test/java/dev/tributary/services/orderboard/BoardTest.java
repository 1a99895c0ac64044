// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoardTest {

    private final Board board = new Board();
    private final List<Change> published = new ArrayList<>();

    BoardTest() {
        board.complete();
    }

    @Test
    void anOrderHasTheStateOfItsLatestEvent() {
        // Given
        put(10L, order(1, "placed"));

        // When
        put(20L, order(1, "paid"));

        // Then
        assertThat(board.orders()).containsExactly(order(1, "paid"));
    }

    @Test
    void repeatedEventsChangeNothing() {
        // Given
        put(10L, order(1, "placed"));
        put(20L, order(1, "paid"));
        put(15L, order(2, "placed"));
        remove(2, 25L);
        board.watch(published::add);

        // When
        put(10L, order(1, "placed"));
        put(20L, order(1, "paid"));
        put(15L, order(2, "placed"));
        remove(2, 25L);

        // Then
        assertThat(board.orders()).containsExactly(order(1, "paid"));
        assertThat(published).isEmpty();
    }

    @Test
    void anOrderCanBeInsertedAgainAfterADelete() {
        // Given
        put(10L, order(1, "placed"));
        remove(1, 20L);

        // When
        put(30L, order(1, "placed"));

        // Then
        assertThat(board.order(1)).contains(order(1, "placed"));
    }

    @Test
    void aRowOfASnapshotAlwaysReplacesTheOrder() {
        // Given
        put(1_000L, order(1, "paid"));

        // When
        put(null, order(1, "placed"));
        put(10L, order(1, "shipped"));

        // Then
        assertThat(board.orders()).containsExactly(order(1, "shipped"));
    }

    @Test
    void publishesAnOrderOnceForATransaction() {
        // Given
        board.watch(published::add);

        // When
        board.transaction(() -> {
            board.put(10L, order(1, "placed"));
            board.putLine(20L, line(1, 2));
            board.putLine(30L, line(1, 1));
            board.put(40L, order(1, "paid"));
        });

        // Then
        assertThat(published).containsExactly(new Change.Put(order(1, "paid", line(1, 1), line(1, 2))));
        assertThat(board.orders()).containsExactly(order(1, "paid", line(1, 1), line(1, 2)));
    }

    @Test
    void publishesAnOrderWhoseLineHasChanged() {
        // Given
        board.transaction(() -> {
            board.put(10L, order(1, "placed"));
            board.putLine(20L, line(1, 1));
        });
        board.watch(published::add);

        // When
        board.transaction(() -> board.removeLine(new Line.Key(1, 1), 30L));

        // Then
        assertThat(published).containsExactly(new Change.Put(order(1, "placed")));
    }

    @Test
    void doesNotShowALineWithoutItsOrder() {
        // Given
        board.watch(published::add);

        // When
        board.transaction(() -> board.putLine(20L, line(1, 1)));

        // Then
        assertThat(board.orders()).isEmpty();
        assertThat(published).isEmpty();
    }

    @Test
    void showsNothingUntilItIsComplete() {
        // Given
        Board loading = new Board();
        loading.watch(published::add);
        loading.transaction(() -> loading.put(10L, order(1, "placed")));
        List<Order> before = List.copyOf(loading.orders());

        // When
        loading.complete();

        // Then
        assertThat(before).isEmpty();
        assertThat(loading.orders()).containsExactly(order(1, "placed"));
        assertThat(published).containsExactly(new Change.Put(order(1, "placed")));
    }

    @Test
    void publishesTheOrdersOfACustomerWhoseNameHasChanged() {
        // Given
        put(10L, order(1, "placed"));
        board.watch(published::add);

        // When
        board.renamed(7);
        board.renamed(8);

        // Then
        assertThat(published).containsExactly(new Change.Put(order(1, "placed")));
    }

    @Test
    void publishesChangesUntilTheWatchEnds() {
        // Given
        put(10L, order(1, "placed"));
        Board.Watch watch = board.watch(published::add);
        put(20L, order(1, "paid"));

        // When
        watch.end().run();
        put(30L, order(1, "shipped"));

        // Then
        assertThat(watch.orders()).containsExactly(order(1, "placed"));
        assertThat(published).containsExactly(new Change.Put(order(1, "paid")));
    }

    private void put(@Nullable Long lsn, Order order) {
        board.transaction(() -> board.put(lsn, order));
    }

    private void remove(long id, Long lsn) {
        board.transaction(() -> board.remove(id, lsn));
    }

    private static Order order(long id, String status, Line... lines) {
        return new Order(id, status, 7, "9.99", "2026-11-21T10:23:00Z", Map.of(), List.of(lines));
    }

    private static Line line(long order, int number) {
        return new Line(order, number, 5, 2, "1.50");
    }
}
