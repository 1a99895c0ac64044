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
    private final List<Change> published = new ArrayList<>();

    @Test
    void anOrderHasTheStateOfItsLatestEvent() {
        // Given
        board.put(0, 10L, order(1, "placed"));

        // When
        board.put(0, 20L, order(1, "paid"));

        // Then
        assertThat(board.orders()).containsExactly(order(1, "paid"));
    }

    @Test
    void repeatedEventsChangeNothing() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.put(0, 20L, order(1, "paid"));
        board.put(0, 15L, order(2, "placed"));
        board.remove(2, 25L);
        board.watch(published::add);

        // When
        board.put(0, 10L, order(1, "placed"));
        board.put(0, 20L, order(1, "paid"));
        board.put(0, 15L, order(2, "placed"));
        board.remove(2, 25L);

        // Then
        assertThat(board.orders()).containsExactly(order(1, "paid"));
        assertThat(published).isEmpty();
    }

    @Test
    void anOrderCanBeInsertedAgainAfterADelete() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.remove(1, 20L);

        // When
        board.put(0, 30L, order(1, "placed"));

        // Then
        assertThat(board.order(1)).contains(order(1, "placed"));
    }

    @Test
    void aRowOfASnapshotAlwaysReplacesTheOrder() {
        // Given
        board.put(0, 1_000L, order(1, "paid"));

        // When
        board.put(0, null, order(1, "placed"));
        board.put(0, 10L, order(1, "shipped"));

        // Then
        assertThat(board.orders()).containsExactly(order(1, "shipped"));
    }

    @Test
    void removesTheOrdersOfRevokedPartitions() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.put(1, 20L, order(2, "placed"));
        board.watch(published::add);

        // When
        board.forget(Set.of(0, 2));

        // Then
        assertThat(board.orders()).containsExactly(order(2, "placed"));
        assertThat(published).containsExactly(new Change.Removed(1));
    }

    @Test
    void showsTheOrdersOfPartitionsThatAreAssignedAgain() {
        // Given
        board.put(0, 10L, order(1, "placed"));
        board.forget(Set.of(0));

        // When
        board.put(0, 10L, order(1, "placed"));

        // Then
        assertThat(board.orders()).containsExactly(order(1, "placed"));
    }

    @Test
    void publishesTheOrdersOfACustomerWhoseNameHasChanged() {
        // Given
        board.put(0, 10L, order(1, "placed"));
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
        board.put(0, 10L, order(1, "placed"));
        Board.Watch watch = board.watch(published::add);
        board.put(0, 20L, order(1, "paid"));

        // When
        watch.end().run();
        board.put(0, 30L, order(1, "shipped"));

        // Then
        assertThat(watch.orders()).containsExactly(order(1, "placed"));
        assertThat(published).containsExactly(new Change.Put(order(1, "paid")));
    }

    private static Order order(long id, String status) {
        return new Order(id, status, 7, "9.99", "2026-11-21T10:23:00Z", Map.of());
    }
}
