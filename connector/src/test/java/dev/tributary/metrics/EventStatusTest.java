// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStatusTest {

    private final AtomicBoolean idle = new AtomicBoolean(true);
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final EventStatus status = EventStatus.open("event-status", "shop", "1.0", idle::get, now::get);

    @AfterEach
    void close() {
        status.close();
    }

    @Test
    void countsByTableAndKind() {
        // Given
        TableEvents orders = status.table("public.orders", "shop.public.orders", List.of("id"));
        TableEvents items = status.table("public.items", "shop.public.items", List.of());

        // When
        status.stored(orders.creates(), 999_000);
        status.stored(orders.updates(), 999_000);
        status.stored(orders.updates(), 999_000);
        status.stored(orders.deletes(), 999_000);
        status.stored(orders.truncates(), 999_000);
        status.stored(items.reads(), EventStatus.NO_COMMIT);
        status.dropped();

        // Then
        assertThat(status.getTables())
                .extracting(
                        TableEventStatus::getTable,
                        TableEventStatus::getCreates,
                        TableEventStatus::getUpdates,
                        TableEventStatus::getDeletes,
                        TableEventStatus::getTruncates,
                        TableEventStatus::getReads)
                .containsExactly(tuple("public.items", 0L, 0L, 0L, 0L, 1L), tuple("public.orders", 1L, 2L, 1L, 1L, 0L));
        assertThat(status.getDroppedEvents()).isEqualTo(1);
    }

    @Test
    void aTableThatIsDescribedAgainKeepsItsCounts() {
        // Given
        status.stored(status.table("public.orders", "old", List.of("id")).creates(), 999_000);

        // When
        status.stored(
                status.table("public.orders", "new", List.of("id", "shop")).creates(), 999_000);

        // Then
        assertThat(status.getTables()).singleElement().satisfies(table -> {
            assertThat(table.getCreates()).isEqualTo(2);
            assertThat(table.getTopic()).isEqualTo("new");
            assertThat(table.getKeyColumns()).containsExactly("id", "shop");
        });
    }

    @Test
    void ofVeryManyTablesTheOneThatIsQuietForLongestIsForgotten() {
        // Given
        TableEvents busy = status.table("public.busy", "busy", List.of());
        status.stored(busy.creates(), 999_000);

        // When
        for (int i = 0; i < 20_100; i++) {
            status.table("public.t" + i, "t", List.of());
        }

        // Then
        assertThat(status.getTables())
                .hasSizeLessThanOrEqualTo(20_000)
                .extracting(TableEventStatus::getTable)
                .contains("public.busy");
    }

    @Test
    void theSumOfAllTablesNeverDecreases() {
        // Given
        long sum = 0;

        // When
        for (int i = 0; i < 45_000; i++) {
            status.stored(status.table("public.t" + i, "t", List.of()).creates(), 999_000);
            if (i % 500 == 0) {
                long before = sum;
                sum = creates();

                // Then
                assertThat(sum).isGreaterThan(before).isEqualTo(i + 1);
            }
        }
        assertThat(status.getTables()).hasSizeLessThanOrEqualTo(20_001);
    }

    /** A record on its way, or what makes the records of a table, keeps the counter. */
    @Test
    void aForgottenTableThatIsCountedAgainIsShownAgain() {
        // Given
        TableEvents early = status.table("public.early", "early", List.of("id"));
        status.stored(early.creates(), 999_000);
        forgetWhatIsQuiet();
        List<String> quiet = tableNames();
        long before = creates();

        // When
        status.stored(early.creates(), 999_000);

        // Then
        assertThat(quiet).contains("(other tables)").doesNotContain("public.early");
        assertThat(tableNames()).contains("public.early");
        assertThat(creates()).isEqualTo(before + 1);
    }

    @Test
    void aForgottenTableThatIsCountedAgainAddsToItsSuccessor() {
        // Given
        TableEvents early = status.table("public.early", "early", List.of("id"));
        status.stored(early.creates(), 999_000);
        forgetWhatIsQuiet();
        status.stored(status.table("public.early", "early", List.of("id")).creates(), 999_000);
        long before = creates();

        // When
        status.stored(early.creates(), 999_000);

        // Then
        assertThat(status.getTables())
                .filteredOn(table -> table.getTable().equals("public.early"))
                .singleElement()
                .satisfies(table -> assertThat(table.getCreates()).isEqualTo(2));
        assertThat(creates()).isEqualTo(before + 1);
    }

    private void forgetWhatIsQuiet() {
        now.addAndGet(1_000);
        for (int i = 0; i < 20_000; i++) {
            status.stored(status.table("public.t" + i, "t", List.of()).creates(), 999_000);
        }
    }

    private List<String> tableNames() {
        return status.getTables().stream().map(TableEventStatus::getTable).toList();
    }

    private long creates() {
        return status.getTables().stream()
                .mapToLong(TableEventStatus::getCreates)
                .sum();
    }

    @Test
    void theTimesFromCommitToKafkaAreCountedInBuckets() {
        // Given
        EventCounter creates =
                status.table("public.orders", "orders", List.of()).creates();

        // When
        LongStream.of(0, 1, 2, 7, 400, 900_000, -5).forEach(delay -> status.stored(creates, now.get() - delay));
        status.stored(status.table("public.orders", "orders", List.of()).reads(), EventStatus.NO_COMMIT);

        // Then
        assertThat(status.getCommitToKafkaBounds())
                .startsWith(0.001, 0.002, 0.005, 0.01)
                .endsWith(60, 300);
        assertThat(status.getCommitToKafkaCounts())
                .hasSize(status.getCommitToKafkaBounds().length + 1)
                .startsWith(3, 4, 4, 5)
                .endsWith(6, 6, 7);
        assertThat(status.getCommitToKafkaSum()).isEqualTo(900.41);
    }

    @Test
    void whileNothingIsOnItsWayThereIsNoLag() {
        // Given
        status.lag().observed(1_000, 0L, System.nanoTime());
        status.stored(status.table("public.orders", "orders", List.of()).creates(), now.get() - 60_000);

        // Then
        assertThat(status.getLagMillis()).isZero();
    }

    @Test
    void theFirstEventAfterAQuietTimeIsAsOldAsItsOwnCommit() {
        // Given
        status.stored(status.table("public.orders", "orders", List.of()).creates(), now.get() - 60_000);
        idle.set(false);

        // When
        status.departed(1, now.get() - 30, true);

        // Then
        assertThat(status.getLagMillis()).isEqualTo(30);
    }

    @Test
    void aSteadyStreamIsAsOldAsTheLastEventThatIsStored() {
        // Given
        idle.set(false);
        status.departed(2, now.get() - 60_000, true);

        // When
        status.stored(status.table("public.orders", "orders", List.of()).creates(), now.get() - 200);
        status.arrived();

        // Then
        assertThat(status.getLagMillis()).isEqualTo(200);
    }

    /** As during a backfill or a snapshot on request. */
    @Test
    void recordsWithoutCommitTimeOnTheirWayAreNoLag() {
        // Given
        status.lag().observed(1_000, 0L, System.nanoTime());
        idle.set(false);
        status.departed(1, now.get() - 600_000, true);
        TableEvents orders = status.table("public.orders", "orders", List.of());

        // When
        status.stored(orders.creates(), now.get() - 600_000);
        status.arrived();
        status.stored(orders.reads(), EventStatus.NO_COMMIT);

        // Then
        assertThat(status.getLagMillis()).isZero();
    }

    @Test
    void theFirstChangeAmongRowsThatAreReadIsAsOldAsItsOwnCommit() {
        // Given
        idle.set(false);
        status.departed(1, now.get() - 600_000, true);
        status.arrived();

        // When
        status.departed(1, now.get() - 30, false);

        // Then
        assertThat(status.getLagMillis()).isEqualTo(30);
    }

    /** A worker with exactly-once confirms dropped records late. */
    @Test
    void aChangeThatLeavesWhenNothingIsOnItsWayIsTheFirst() {
        // Given
        status.departed(1, now.get() - 600_000, true);

        // When
        status.departed(1, now.get() - 30, true);
        idle.set(false);

        // Then
        assertThat(status.getLagMillis()).isEqualTo(30);
    }

    @Test
    void theQueueIsUnknownWhileNothingIsCaptured() {
        // Given
        status.queue(new EventStatus.Queue() {
            @Override
            public int records() {
                return 3;
            }

            @Override
            public int recordsLimit() {
                return 8192;
            }

            @Override
            public long bytes() {
                return 700;
            }

            @Override
            public long bytesLimit() {
                return 0;
            }
        });
        assertThat(status.getQueueRecords()).isEqualTo(3);
        assertThat(status.getQueueBytes()).isEqualTo(700);

        // When
        status.noQueue();

        // Then
        assertThat(status.getQueueRecords()).isEqualTo(-1);
        assertThat(status.getQueueBytesLimit()).isEqualTo(-1);
    }
}
