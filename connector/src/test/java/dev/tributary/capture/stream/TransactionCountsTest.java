// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.position.Position;
import io.debezium.connector.postgresql.connection.ReplicationMessage.Operation;
import io.debezium.pipeline.txmetadata.TransactionContext;
import io.debezium.relational.TableId;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransactionCountsTest {

    private static final long COMMIT = 100;
    private static final ChangePoint POINT = new ChangePoint(
            Transaction.of(7, COMMIT, 0, null), 90, 1, new Step.Send(COMMIT, 1, 90, 0), null, Operation.INSERT, null);
    private static final String OF_TABLE = "transaction_data_collection_order_";

    private final Map<String, Object> stored = new HashMap<>(Map.of(
            TransactionContext.OFFSET_TRANSACTION_ID,
            "7",
            Position.OPEN,
            COMMIT,
            OF_TABLE + "a",
            3L,
            OF_TABLE + "b",
            1L));

    @Test
    void theTransactionThatWasOpenIsCountedOn() {
        // When
        TransactionContext context = begun(COMMIT);

        // Then
        assertThat(context.getTransactionId()).isEqualTo("7");
        assertThat(context.getPerTableEventCount()).containsOnly(Map.entry("a", 3L), Map.entry("b", 1L));
        assertThat(context.getTotalEventCount()).isEqualTo(4);
    }

    @Test
    void eventsOfAChangeThatComesAgainAreNotCountedTwice() {
        // Given
        stored.put(Position.COUNTED + "a", 2L);

        // When
        TransactionContext context = begun(COMMIT);

        // Then
        assertThat(context.getPerTableEventCount()).containsOnly(Map.entry("a", 2L), Map.entry("b", 1L));
        assertThat(context.getTotalEventCount()).isEqualTo(3);
    }

    @Test
    void aTableThatOnlyTheChangeThatComesAgainIsAboutIsNotKnownYet() {
        // Given
        stored.put(Position.COUNTED + "b", 0L);

        // When
        TransactionContext context = begun(COMMIT);

        // Then
        assertThat(context.getPerTableEventCount()).containsOnly(Map.entry("a", 3L));
        assertThat(context.store(new HashMap<>())).doesNotContainKey(OF_TABLE + "b");
        assertThat(context.getTotalEventCount()).isEqualTo(3);
    }

    @Test
    void anotherTransactionIsCountedFromTheStart() {
        // When
        TransactionContext context = begun(COMMIT + 1);

        // Then
        assertThat(context.getPerTableEventCount()).isEmpty();
        assertThat(context.getTotalEventCount()).isZero();
        assertThat(context.isTransactionInProgress()).isFalse();
    }

    @Test
    void eventsThatAreSentDirectlyAndThoseOfTheDispatcherAreCountedTogether() {
        // Given
        TransactionCounts counts = new TransactionCounts(Map.of());
        TransactionContext context = new TransactionContext();
        counts.begin(context, COMMIT);
        context.beginTransaction("7");
        counts.count(context, table("a"), POINT);
        context.event(table("b"));

        // When
        EventOrder order = counts.count(context, table("a"), POINT);

        // Then
        assertThat(order.inTable()).isEqualTo(2);
        assertThat(order.total()).isEqualTo(3);
        assertThat(order.counts()).isEqualTo(Map.of("a", 2L, "b", 1L));
    }

    @Test
    void anOffsetInTheMiddleOfADirectChangeHasTheCountsFromBeforeIt() {
        // Given
        TransactionCounts counts = new TransactionCounts(Map.of());
        TransactionContext context = new TransactionContext();
        counts.begin(context, COMMIT);
        context.beginTransaction("7");
        counts.beginChange(context, change(1));
        counts.count(context, table("a"), POINT);
        counts.beginChange(context, change(2));

        // When
        EventOrder delete = counts.count(context, table("a"), POINT);
        EventOrder create = counts.count(context, table("b"), POINT);

        // Then
        Map<String, Object> afterDelete = new HashMap<>();
        delete.writeTo(afterDelete, false);
        assertThat(afterDelete)
                .isEqualTo(Map.of("transaction_id", "7", OF_TABLE + "a", 2L, Position.COUNTED + "a", 1L));
        Map<String, Object> afterBoth = new HashMap<>();
        create.writeTo(afterBoth, true);
        assertThat(afterBoth).isEqualTo(Map.of("transaction_id", "7", OF_TABLE + "a", 2L, OF_TABLE + "b", 1L));
    }

    /** The dispatcher sends the events of a TRUNCATE of several tables but the last. */
    @Test
    void anOffsetInTheMiddleOfAChangeOfTheDispatcherKnowsWhatWasSentDirectlyBefore() {
        // Given
        TransactionCounts counts = new TransactionCounts(Map.of());
        TransactionContext context = new TransactionContext();
        counts.begin(context, COMMIT);
        context.beginTransaction("7");
        counts.beginChange(context, change(1));
        counts.count(context, table("a"), POINT);
        counts.beginChange(context, change(2));

        // When
        context.event(table("a"));
        Map<String, Object> offset = new HashMap<>(context.store(new HashMap<>()));
        counts.writeTo(offset, false);

        // Then
        assertThat(offset).containsEntry(OF_TABLE + "a", 2L).containsEntry(Position.COUNTED + "a", 1L);
    }

    /** As with {@code skipped.operations=c}: the create that follows the delete is not sent. */
    @Test
    void aChangeWhoseLastEventWasLeftOutCountsAsBeforeTheNextOne() {
        // Given
        TransactionCounts counts = new TransactionCounts(Map.of());
        TransactionContext context = new TransactionContext();
        counts.begin(context, COMMIT);
        context.beginTransaction("7");
        counts.beginChange(context, change(1));
        counts.count(context, table("a"), POINT);

        // When
        counts.beginChange(context, change(2));
        EventOrder delete = counts.count(context, table("a"), POINT);

        // Then
        Map<String, Object> offset = new HashMap<>();
        delete.writeTo(offset, false);
        assertThat(offset).containsEntry(Position.COUNTED + "a", 1L);
    }

    @Test
    void eachOfManyEventsKnowsItsPlace() {
        // Given
        TransactionCounts counts = new TransactionCounts(Map.of());
        TransactionContext context = new TransactionContext();
        counts.begin(context, COMMIT);
        context.beginTransaction("7");
        long seed = System.nanoTime();
        System.out.println("TransactionCountsTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Moment> moments = new ArrayList<>();

        // When
        for (int i = 1; i <= 30_000; i++) {
            counts.beginChange(context, change(i));
            EventOrder order = counts.count(context, table("t" + random.nextInt(5)), POINT);
            if (random.nextInt(100) == 0) {
                moments.add(new Moment(order, Map.copyOf(context.getPerTableEventCount())));
            }
        }

        // Then
        assertThat(moments).allSatisfy(moment -> {
            assertThat(moment.order().counts()).isEqualTo(moment.counts());
            assertThat(moment.order().total())
                    .isEqualTo(moment.counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        });
    }

    /** What an event keeps in memory does not grow with the transaction. */
    @Test
    void anEventThatConnectIsDoneWithCanBeCollected() {
        // Given
        TransactionCounts counts = new TransactionCounts(Map.of());
        TransactionContext context = new TransactionContext();
        counts.begin(context, COMMIT);
        context.beginTransaction("7");
        counts.beginChange(context, change(1));
        WeakReference<EventOrder> first = new WeakReference<>(counts.count(context, table("a"), POINT));

        // When
        counts.beginChange(context, change(2));
        EventOrder second = counts.count(context, table("a"), POINT);

        // Then
        await().until(() -> {
            System.gc();
            return first.refersTo(null);
        });
        assertThat(second.total()).isEqualTo(2);
    }

    /** An event, and how many events of each table there were by then. */
    private record Moment(EventOrder order, Map<String, Long> counts) {}

    private static Step.Send change(int ordinal) {
        return new Step.Send(COMMIT, ordinal, 90 + ordinal, 0);
    }

    private static TableId table(String name) {
        return new TableId(null, null, name);
    }

    /** What is known once a transaction with such a commit has begun. */
    private TransactionContext begun(long commitLsn) {
        TransactionContext context = TransactionContext.load(stored);
        new TransactionCounts(stored).begin(context, commitLsn);
        return context;
    }
}
