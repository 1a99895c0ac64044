// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShopScriptTest {

    private static final int ROUND = TrafficMix.WORKING_DAY.round().size();

    @Test
    void sameSeedOnTheSameShopGivesTheSameStatements() throws SQLException {
        // When
        RecordedTransaction first = play(42, shop(), 500);
        RecordedTransaction second = play(42, shop(), 500);

        // Then
        assertThat(second.statements).isEqualTo(first.statements);
    }

    @Test
    void anotherSeedGivesOtherStatements() throws SQLException {
        // When
        RecordedTransaction first = play(42, shop(), 50);
        RecordedTransaction second = play(43, shop(), 50);

        // Then
        assertThat(second.statements).isNotEqualTo(first.statements);
    }

    @Test
    void oneRoundInsertsUpdatesAndDeletesInEveryTable() throws SQLException {
        for (long seed = 0; seed < 100; seed++) {
            // When
            ShopCounts counts = play(seed, shop(), ROUND).counts;

            // Then
            for (String table : ShopDatabase.TABLES) {
                for (RowOperation operation : RowOperation.values()) {
                    assertThat(counts.of(table, operation))
                            .as("%s of %s, seed %s", operation, table, seed)
                            .isPositive();
                }
            }
        }
    }

    @Test
    void anEmptyShopFillsItself() throws SQLException {
        // When
        ShopCounts counts = play(7, new ShopMemory(), 5 * ROUND).counts;

        // Then
        for (String table : ShopDatabase.TABLES) {
            assertThat(counts.of(table, RowOperation.INSERT)).as(table).isPositive();
        }
    }

    @Test
    void theShopKeepsItsSizeOverALongTime() throws SQLException {
        // Given
        ShopMemory memory = shop();

        // When
        play(7, memory, 200 * ROUND);

        // Then
        assertThat(memory.customers.all.size()).isBetween(20, 400);
        assertThat(memory.products.all.size()).isBetween(20, 400);
        assertThat(memory.placed.size() + memory.paid.size() + memory.closed.size())
                .isLessThan(400);
    }

    private static RecordedTransaction play(long seed, ShopMemory memory, int actions) throws SQLException {
        ShopScript script = new ShopScript(TrafficMix.WORKING_DAY, seed, memory);
        RecordedTransaction transaction = new RecordedTransaction();
        for (int i = 0; i < actions; i++) {
            script.next().perform(transaction, memory);
        }
        return transaction;
    }

    /** Like the seed data, smaller. */
    private static ShopMemory shop() {
        ShopMemory memory = new ShopMemory();
        for (long key = 1; key <= 50; key++) {
            memory.customers.add(key);
            memory.products.add(key);
            memory.rememberReading(key);
            memory.unpublished.add(new UUID(0, key));
            memory.published.add(new UUID(1, key));
        }
        for (long key = 1; key <= 60; key++) {
            memory.remember(key, new ShopMemory.Order(key % 25 + 1, List.of(key % 30 + 1)));
            (key % 3 == 0 ? memory.placed : key % 3 == 1 ? memory.paid : memory.closed).add(key);
        }
        return memory;
    }
}
