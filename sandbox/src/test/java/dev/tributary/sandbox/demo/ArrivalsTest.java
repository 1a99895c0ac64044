// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sampledb.RowOperation;
import dev.tributary.sampledb.ShopCounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final Instant ARRIVED = Instant.ofEpochMilli(1_010);

    private final EventParser parser = EventParser.ofJson();

    @Test
    void readsAnEnvelope() {
        // When
        Optional<ChangeEvent> event =
                parse("{'order_id':7,'line_no':1}", "{'op':'u','source':{'table':'order_lines','ts_ms':1000}}");

        // Then
        assertThat(event)
                .contains(new ChangeEvent(
                        "demo.shop.x",
                        3,
                        "order_id=7 line_no=1",
                        "order_lines",
                        ChangeEvent.Operation.UPDATE,
                        Instant.ofEpochMilli(1_000),
                        ARRIVED));
        assertThat(event.orElseThrow().latencyMillis()).isEqualTo(10);
    }

    @Test
    void ignoresATombstone() {
        assertThat(parse("{'id':7}", null)).isEmpty();
    }

    @Test
    void listsMissingChanges() {
        // Given
        Arrivals arrivals = new Arrivals();
        parse("{'id':1}", "{'op':'c','source':{'table':'orders','ts_ms':1000}}").ifPresent(arrivals::add);

        // When, Then
        assertThat(arrivals.missing(committed(1))).isEmpty();
        assertThat(arrivals.missing(committed(2))).containsExactly("orders insert: 1 of 2 arrived");
        assertThat(arrivals.never()).contains("orders read", "customers delete").doesNotContain("orders insert");
    }

    @Test
    void leavesSnapshotEventsOutOfTheLatencies() {
        // Given
        Arrivals arrivals = new Arrivals();
        parse("{'id':1}", "{'op':'r','source':{'table':'orders','ts_ms':0}}").ifPresent(arrivals::add);
        for (int latency = 1; latency <= 100; latency++) {
            String value = "{'op':'c','source':{'table':'orders','ts_ms':" + (1_010 - latency) + "}}";
            parse("{'id':1}", value).ifPresent(arrivals::add);
        }

        // When, Then
        assertThat(arrivals.latencies().percentile(0.5)).isEqualTo(50);
        assertThat(arrivals.latencies().percentile(0.99)).isEqualTo(99);
    }

    private static ShopCounts committed(long inserts) {
        return new ShopCounts(Map.of("orders", Map.of(RowOperation.INSERT, inserts)));
    }

    private Optional<ChangeEvent> parse(String key, @Nullable String value) {
        return parser.parse(new ConsumerRecord<>("demo.shop.x", 3, 0, bytes(key), bytes(value)), ARRIVED);
    }

    private static byte @Nullable [] bytes(@Nullable String json) {
        return json == null ? null : json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
