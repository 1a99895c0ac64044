// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.transforms.ByLogicalTableRouter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.RegexRouter;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The topics and keys are the same as those of Kafka's and Debezium's routers. */
class RouteTopicOracleTest {

    private final SampleEvents events = SampleEvents.withSchemas();
    private final List<SourceRecord> records = List.of(
            events.create(customer()),
            events.update(null, customer()),
            events.delete(customer()),
            events.tombstone(customer()),
            events.about("shop", "orders_2026_01").create(customer()),
            events.about("shop", "orders_2026_01").tombstone(customer()),
            events.flat(customer()),
            events.heartbeat(),
            events.transactionBoundary());

    @ParameterizedTest
    @CsvSource({
        "shop\\.(.*), $1",
        "'(.*)_\\d{4}_\\d{2}', $1",
        "(?<a>[^.]+)\\.(.*), ${a}-$2",
        "(.*?)shop(.*), $1x$2",
        ".*, all",
        "shop, never",
        "(?i)SHOP\\.(.*), $1",
        "(.*)customers|(.*)orders.*, $1-$2",
    })
    void topicsAreThoseOfKafkasRegexRouter(String regex, String replacement) {
        // Given
        Map<String, String> options = Map.of("regex", regex, "replacement", replacement);
        Transformation<SourceRecord> kafkas = configured(new RegexRouter<>(), options);
        Transformation<SourceRecord> ours = configured(new RouteTopic<>(), options);

        // Then
        for (SourceRecord record : records) {
            assertThat(routed(ours, record).topic())
                    .isEqualTo(routed(kafkas, record).topic());
        }
    }

    @Test
    @SuppressWarnings("deprecation") // people use it
    void keysHaveTheFieldsOfDebeziumsByLogicalTableRouter() {
        // Given
        Transformation<SourceRecord> debeziums = configured(
                new ByLogicalTableRouter<>(), Map.of("topic.regex", "(.*)_\\d{4}_\\d{2}", "topic.replacement", "$1"));
        Transformation<SourceRecord> ours = configured(
                new RouteTopic<>(),
                Map.of(
                        "regex",
                        "(.*)_\\d{4}_\\d{2}",
                        "replacement",
                        "$1",
                        "key.field",
                        "__dbz__physicalTableIdentifier"));

        // Then
        for (SourceRecord record : records) {
            SourceRecord expected = routed(debeziums, record);
            SourceRecord routed = routed(ours, record);
            assertThat(routed.topic()).isEqualTo(expected.topic());
            assertThat(SampleEvents.plain(routed.key())).isEqualTo(SampleEvents.plain(expected.key()));
            assertThat(SampleEvents.plain(routed.value())).isEqualTo(SampleEvents.plain(expected.value()));
        }
    }

    private static SourceRecord routed(Transformation<SourceRecord> transform, SourceRecord record) {
        return Objects.requireNonNull(transform.apply(record));
    }

    private static Transformation<SourceRecord> configured(
            Transformation<SourceRecord> transform, Map<String, String> options) {
        transform.configure(options);
        return transform;
    }
}
