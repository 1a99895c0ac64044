// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionAssemblyTest {

    private static final Map<String, String> TOPICS = Map.of("p.s.orders", "s.orders", "p.s.lines", "s.lines");

    private final List<String> passedOn = new ArrayList<>();
    private final TransactionAssembly assembly = new TransactionAssembly(TOPICS, 1_000_000, this::received);

    @Test
    void aTransactionIsPassedOnWhenAllOfItHasArrived() {
        // When
        begin("1");
        add("lines", 0, "1", 2, "l2");
        end("1", 2, 1);
        add("orders", 0, "1", 1, "o1");
        List<String> before = List.copyOf(passedOn);
        add("orders", 1, "1", 3, "o3");

        // Then
        assertThat(before).isEmpty();
        assertThat(passedOn).containsExactly("o1 l2 o3");
        assertThat(assembly.open()).isZero();
    }

    @Test
    void anIdHasTheNumberOfTheTransactionAndTheLsnOfTheEvent() {
        // When
        begin("757:100");
        add("orders", 0, "757:110", 1, "a");
        add("lines", 0, "757:120", 2, "b");
        end("757:130", 1, 1);
        add("lines", 0, "757:120", 2, "b again");

        // Then
        assertThat(passedOn).containsExactly("a b", "b again");
    }

    @Test
    void aNumberCanBeUsedAgain() {
        // Given
        add("orders", 0, "757:110", 1, "a");
        end("757:130", 1, 0);

        // When
        begin("757:140");
        add("orders", 0, "757:150", 1, "b");
        add("orders", 1, "757:160", 2, "c");
        end("757:170", 2, 0);

        // Then
        assertThat(passedOn).containsExactly("a", "b c");
    }

    @Test
    void waitsForAnEarlierTransactionThatIsNotComplete() {
        // Given
        end("1", 1, 1);
        end("2", 1, 0);
        add("orders", 0, "1", 1, "a");

        // When
        add("orders", 1, "2", 1, "c");
        List<String> before = List.copyOf(passedOn);
        add("lines", 0, "1", 2, "b");

        // Then
        assertThat(before).isEmpty();
        assertThat(passedOn).containsExactly("a b", "c");
    }

    @Test
    void eventsOfOtherTablesAreNotWaitedFor() {
        // When
        add("orders", 0, "1", 2, "o");
        assembly.add(new Boundary("1", true, Map.of("s.orders", 1L, "s.outbox", 1L)));
        assembly.add(new Boundary("2", true, Map.of("s.outbox", 1L)));

        // Then
        assertThat(passedOn).containsExactly("o");
        assertThat(assembly.open()).isZero();
    }

    @Test
    void aTransactionThatIsRepeatedBeforeItIsCompleteIsPassedOnOnce() {
        // When
        begin("1");
        add("orders", 0, "1", 1, "a");
        add("orders", 0, "1", 1, "a");
        end("1", 1, 1);
        end("1", 1, 1);
        add("orders", 0, "1", 1, "a");
        add("lines", 0, "1", 2, "b");

        // Then
        assertThat(passedOn).containsExactly("a b");
        assertThat(assembly.open()).isZero();
    }

    @Test
    void recordsThatAreRepeatedLaterArePassedOnAlone() {
        // Given
        add("orders", 0, "1", 1, "a");
        add("lines", 0, "1", 2, "b");
        end("1", 1, 1);
        add("orders", 0, "2", 1, "c");

        // When
        add("lines", 0, "1", 2, "b again");
        end("1", 1, 1);
        end("2", 2, 0);
        add("orders", 0, "2", 2, "d");

        // Then
        assertThat(passedOn).containsExactly("a b", "b again", "c d");
        assertThat(assembly.open()).isZero();
    }

    @Test
    void theTombstoneOfARepeatedDeleteIsIgnored() {
        // Given
        add("orders", 0, "1", 1, "deleted");
        add("orders", 0, null, 0, null);
        end("1", 1, 0);
        add("orders", 0, "2", 1, "inserted again");
        end("2", 1, 0);

        // When
        add("orders", 0, "1", 1, "deleted again");
        add("orders", 0, null, 0, null);

        // Then
        assertThat(passedOn).containsExactly("deleted null", "inserted again", "deleted again");
    }

    @Test
    void aRowOfASnapshotIsPassedOnAlone() {
        // When
        add("orders", 0, null, 0, "row");

        // Then
        assertThat(passedOn).containsExactly("row");
    }

    @Test
    void aRowOfASnapshotKeepsItsPlaceInItsPartition() {
        // Given
        add("orders", 0, null, 0, "before");
        add("orders", 0, "1", 1, "a");

        // When
        add("orders", 0, null, 0, "between");
        add("orders", 1, null, 0, "elsewhere");
        add("orders", 0, "1", 2, "b");
        add("orders", 0, null, 0, "behind");
        end("1", 2, 0);

        // Then
        assertThat(passedOn).containsExactly("before", "elsewhere", "a between b behind");
    }

    @Test
    void aTransactionInPartsIsPassedOnWithTheLastOne() {
        // Given
        begin("1");
        for (int i = 1; i <= 50; i++) {
            add("orders", i % 3, "1", i, "a");
        }
        List<String> before = List.copyOf(passedOn);

        // When
        for (int i = 51; i <= 100; i++) {
            add("orders", i % 3, "1", i, "a");
        }
        end("1", 100, 0);

        // Then
        assertThat(before).isEmpty();
        assertThat(passedOn).containsExactly("a ".repeat(99) + "a");
    }

    @Test
    void whatEndedBeforeTheStartIsPassedOnAtOnce() {
        // Given
        past("1", true);
        past("2", false);

        // When
        addPast("orders", 0, "expired", 4, "a", true);
        addPast("orders", 0, "1", 9, "b", true);
        addPast("orders", 0, "2", 1, "open", true);
        addPast("orders", 0, "later", 1, "later", false);
        addPast("lines", 0, "1", 10, "c", false);

        // Then
        assertThat(passedOn).containsExactly("a", "b", "c");

        // When
        end("2", 1, 0);
        begin("later");
        end("later", 1, 0);

        // Then
        assertThat(passedOn).containsExactly("a", "b", "c", "open", "later");
    }

    @Test
    void passesOnWhatWillNotBecomeComplete() {
        // Given
        add("orders", 0, "without end", 1, "a");
        end("filtered", 1, 1);
        add("orders", 0, "filtered", 2, "c");
        end("behind", 1, 0);
        add("orders", 0, "behind", 1, "d");
        long moment = assembly.now();
        end("later", 2, 0);
        add("orders", 0, "later", 1, "e");
        begin("in progress");
        add("orders", 0, "in progress", 1, "b");

        // When
        boolean lacking = assembly.isAnyLackingSince(moment);
        int settled = assembly.settle(moment);

        // Then
        assertThat(lacking).isTrue();
        assertThat(settled).isEqualTo(2);
        assertThat(passedOn).containsExactly("a", "c", "d");
        assertThat(assembly.isAnyLackingSince(moment)).isFalse();
        assertThat(assembly.open()).isEqualTo(2);
    }

    @Test
    void aTransactionWithoutEndIsGivenUpWhenAnotherOneFollows() {
        // Given
        begin("lost");
        add("orders", 0, "lost", 1, "a");
        add("orders", 0, null, 0, "row of the snapshot after the loss");
        boolean before = assembly.isAnyLackingSince(assembly.now());

        // When
        begin("next");
        boolean after = assembly.isAnyLackingSince(assembly.now());
        assembly.settle(assembly.now());

        // Then
        assertThat(before).isFalse();
        assertThat(after).isTrue();
        assertThat(passedOn).containsExactly("a row of the snapshot after the loss");
        assertThat(assembly.open()).isEqualTo(1);
    }

    @Test
    void anEndAfterTheMomentIsNotSettled() {
        // Given
        begin("1");
        add("orders", 0, "1", 1, "a");
        long moment = assembly.now();
        end("1", 2, 0);

        // When
        int settled = assembly.settle(moment);

        // Then
        assertThat(settled).isZero();
        assertThat(passedOn).isEmpty();
    }

    @Test
    void saysThatATransactionIsTooLarge() {
        assertThatThrownBy(() -> {
                    for (int i = 1; i <= 5_000; i++) {
                        add("orders", 0, "large", i, "a");
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("large")
                .hasMessageContaining("more than 1000000 bytes");
    }

    @Test
    void whatWasPassedOnNeedsNoMemory() {
        // When
        for (int i = 1; i <= 5_000; i++) {
            add("orders", 0, "t" + i, 1, "a");
            add("orders", 0, null, 0, "row");
            end("t" + i, 1, 0);
        }

        // Then
        assertThat(passedOn).hasSize(5_000);
    }

    @Test
    void saysWhichHeaderIsMissing() {
        assertThatThrownBy(() -> assembly.add(record("orders", 0, "1", null, "a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("__transaction_total_order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"1\"}", "{\"status\":\"END\"}", "[]"})
    void aBoundaryHasAnIdAndAStatus(String value) {
        assertThatThrownBy(() -> Boundary.of(new ObjectMapper().readTree(value)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsTheCountsOfAnEnd() throws Exception {
        // When
        Boundary end = Boundary.of(new ObjectMapper().readTree("""
                        {"status": "END", "id": "810:45042000", "event_count": 3, "ts_ms": 1, "data_collections": [
                          {"data_collection": "s.orders", "event_count": 2},
                          {"data_collection": "s.lines", "event_count": 1}]}"""));

        // Then
        assertThat(end).isEqualTo(new Boundary("810:45042000", true, Map.of("s.orders", 2L, "s.lines", 1L)));
    }

    private void received(List<ConsumerRecord<String, @Nullable String>> records) {
        passedOn.add(String.join(
                " ", records.stream().map(each -> String.valueOf(each.value())).toList()));
    }

    private void begin(String id) {
        assembly.add(new Boundary(id, false, Map.of()));
    }

    private void end(String id, long orders, long lines) {
        Map<String, Long> events = new HashMap<>(Map.of("s.orders", orders));
        if (lines > 0) {
            events.put("s.lines", lines);
        }
        assembly.add(new Boundary(id, true, events));
    }

    private void past(String id, boolean isEnd) {
        assembly.addPast(new Boundary(id, isEnd, Map.of()));
    }

    private void add(String table, int partition, @Nullable String id, long order, @Nullable String value) {
        assembly.add(record(table, partition, id, order, value));
    }

    private void addPast(String table, int partition, String id, long order, String value, boolean committed) {
        assembly.addPast(record(table, partition, id, order, value), committed);
    }

    static ConsumerRecord<String, @Nullable String> record(
            String table, int partition, @Nullable String id, @Nullable Long order, @Nullable String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("__transaction_id", id == null ? null : id.getBytes(StandardCharsets.UTF_8));
        if (order != null) {
            headers.add("__transaction_total_order", order.toString().getBytes(StandardCharsets.UTF_8));
        }
        return new ConsumerRecord<>(
                "p.s." + table,
                partition,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                "{}",
                value,
                headers,
                Optional.empty());
    }
}
