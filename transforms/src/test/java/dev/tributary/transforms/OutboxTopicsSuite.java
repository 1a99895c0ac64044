// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleOutbox.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The topics of messages from an outbox. */
abstract class OutboxTopicsSuite extends OutboxSuite implements PassesOtherRecords {

    OutboxTopicsSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void theTopicIsDerivedByARegularExpression() {
        // Given
        Transformation<SourceRecord> transform = with(
                "route.topic.regex", "(?<area>[a-z]+)-(\\d+)",
                "route.topic.replacement", "events.${area}.v$2");

        // Then
        assertThat(message(transform, outbox.create(entry("aggregatetype", "order-2")))
                        .topic())
                .isEqualTo("events.order.v2");
        assertThat(message(transform, outbox.create(entry("aggregatetype", "bill")))
                        .topic())
                .isEqualTo("bill");
        assertThat(message(transform, outbox.create(entry("aggregatetype", "order-2")))
                        .topic())
                .isEqualTo("events.order.v2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my order | a space as character 3 of 8",
                "order/eu | a punctuation mark as character 6 of 8",
                "bücher | a letter or digit that is not ASCII as character 2 of 6",
                "a→b | a symbol that is not ASCII as character 2 of 3",
                ". | dots only",
                ".. | dots only",
                "'' | 0 characters"
            })
    void aTopicThatKafkaDoesNotAllowIsAnError(String value, String why) {
        Transformation<SourceRecord> transform = with("route.topic.replacement", "${routedByValue}");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> transform.apply(outbox.create(entry("aggregatetype", value))))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("table shop.outbox")
                    .hasMessageContaining("column aggregatetype")
                    .hasMessageContaining(why)
                    .message()
                    .doesNotContain(value.length() > 2 ? value : "\0");
        }
    }

    @Test
    void aTopicThatIsTooLongOrHasAControlCharacterIsAnError() {
        Transformation<SourceRecord> transform = with();
        assertThat(message(transform, outbox.create(entry("aggregatetype", "x".repeat(236))))
                        .topic())
                .hasSize(249);
        assertThatThrownBy(() -> transform.apply(outbox.create(entry("aggregatetype", "x".repeat(237)))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("250 characters, and Kafka allows 1 to 249");
        assertThatThrownBy(() -> transform.apply(outbox.create(entry("aggregatetype", "a\u0007b"))))
                .hasMessageContaining("a control character as character 15 of 16");
    }

    @Test
    void moreTopicsThanAreCachedAreUsed() {
        Transformation<SourceRecord> transform = with();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_500; i++) {
                assertThat(message(transform, outbox.create(entry("aggregatetype", "tenant-" + i)))
                                .topic())
                        .isEqualTo("outbox.event.tenant-" + i);
            }
        }
    }

    @Test
    void aRowWithoutATopicIsAnError() {
        assertThatThrownBy(() -> with().apply(outbox.create(entry("aggregatetype", null))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column aggregatetype, which route.by.field names, is null")
                .satisfies(OutboxRouterSuite::holdsNoValue);
        assertThatThrownBy(() -> with("route.by.field", "shard").apply(outbox.create(entry("shard", 1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column shard, which route.by.field names, is not text");
    }

    @Test
    void aTopicThatIsTooLongForAnyValueIsRejected() {
        assertThatThrownBy(() -> with("route.topic.replacement", "x".repeat(250)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at least 250 characters");
    }
}
