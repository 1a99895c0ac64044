// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoardTest {

    private final Board board = new Board();
    private final List<Change> told = new ArrayList<>();

    @Test
    void anOrderIsAsItsLatestEventSays() {
        // Given
        board.put(0, 10L, order(1, "placed"));

        // When
        board.put(0, 20L, order(1, "paid"));

        // Then
        assertThat(board.orders()).containsExactly(order(1, "paid"));
    }

    @Test
    void eventsThatComeAgainChangeNothing() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.put(0, 20L, order(1, "paid"));
        board.put(0, 15L, order(2, "placed"));
        board.remove(2, 25L);
        board.watch(told::add);

        // When
        board.put(0, 10L, order(1, "placed"));
        board.put(0, 20L, order(1, "paid"));
        board.put(0, 15L, order(2, "placed"));
        board.remove(2, 25L);

        // Then
        assertThat(board.orders()).containsExactly(order(1, "paid"));
        assertThat(told).isEmpty();
    }

    @Test
    void anOrderCanComeBackAfterItWasDeleted() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.remove(1, 20L);

        // When
        board.put(0, 30L, order(1, "placed"));

        // Then
        assertThat(board.order(1)).contains(order(1, "placed"));
    }

    @Test
    void aRowOfASnapshotCountsInAnyCase() {
        // Given
        board.put(0, 1_000L, order(1, "paid"));

        // When
        board.put(0, null, order(1, "placed"));
        board.put(0, 10L, order(1, "shipped"));

        // Then
        assertThat(board.orders()).containsExactly(order(1, "shipped"));
    }

    @Test
    void ordersOfPartitionsThatGoElsewhereAreForgotten() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.put(1, 20L, order(2, "placed"));
        board.watch(told::add);

        // When
        board.forget(Set.of(0, 2));

        // Then
        assertThat(board.orders()).containsExactly(order(2, "placed"));
        assertThat(told).containsExactly(new Change.Removed(1));
    }

    @Test
    void ordersOfPartitionsThatComeBackAreThereAgain() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.forget(Set.of(0));

        // When
        board.put(0, 10L, order(1, "placed"));

        // Then
        assertThat(board.orders()).containsExactly(order(1, "placed"));
    }

    @Test
    void whoWatchesIsToldOfTheOrdersOfACustomerWithAnotherName() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.watch(told::add);

        // When
        board.renamed(7);
        board.renamed(8);

        // Then
        assertThat(told).containsExactly(new Change.Put(order(1, "placed")));
    }

    @Test
    void whoWatchesIsToldUntilItEnds() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        Board.Watch watch = board.watch(told::add);
        board.put(0, 20L, order(1, "paid"));

        // When
        watch.end().run();
        board.put(0, 30L, order(1, "shipped"));

        // Then
        assertThat(watch.orders()).containsExactly(order(1, "placed"));
        assertThat(told).containsExactly(new Change.Put(order(1, "paid")));
    }

    private static Order order(long id, String status) {
        return new Order(id, status, 7, "9.99", "2026-11-21T10:23:00Z", Map.of());
    }
}
