// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class FilterRowsSuite extends TransformSuite implements PassesOtherRecords {

    FilterRowsSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new FilterRows<>();
    }

    @Override
    protected Map<String, String> requiredOptions() {
        return Map.of("condition", "op == 'u'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "op == 'u'",
                "op in ['c', 'u']",
                "after.name == 'Ann'",
                "after.name.startsWith('A') && after.email.endsWith('example.org')",
                "after.email.matches('^[a-z]+@')",
                "after.visits > 3",
                "after.visits == 4.0",
                "after.visits > 3.5",
                "after.visits != before.visits",
                "after.balance > 12 && after.balance < 12.75",
                "after.balance * 2.0 == 25.0",
                "after.region == before.region",
                "after.photo == null",
                "source.snapshot == 'false'",
                "has(after.email) && !has(after.nothing)",
                "'email' in after && !('nothing' in after)",
                "after['email'] == after.email",
                "after.labels[1] == 'vip' && 'new' in after.labels",
                "size(after.labels) == 2",
                "after.labels.exists(label, label == 'vip')",
                "after.extras.size == 'M'",
                "after.address.city == 'Hull'",
                "after.exists(column, column == 'region')",
                "before != null && after != null",
                "source.table == 'customers' && source.lsn > 45000000",
                "timestamp(source.ts_ms / 1000) > timestamp('2026-01-01T00:00:00Z')",
                "key.id == 1",
                "headers.origin == 'shop'",
                "has(headers.origin) && !has(headers.other)",
                "after.nothing == 1 || true",
                "op == 'u' ? after.visits == 4 : false"
            })
    void onlyEventsForWhichTheConditionIsTrueArePassedOn(String condition) {
        // Given
        SourceRecord record = events.update(customer(), customer("visits", 4));
        record.headers().addString("origin", "shop");

        // Then
        assertThat(with("condition", condition).apply(record)).isSameAs(record);
        assertThat(with("condition", "!(" + condition + ")").apply(record)).isNull();
        assertThat(with("condition", condition, "action", "drop").apply(record)).isNull();
        assertThat(with("condition", "!(" + condition + ")", "action", "drop").apply(record))
                .isSameAs(record);
    }

    @Test
    void aRowThatDoesNotExistIsNull() {
        assertPassesOn(with("condition", "before == null"), events.create(customer()));
        assertPassesOn(with("condition", "after == null"), events.delete(customer()));
        assertPassesOn(with("condition", "before == null && after == null"), events.truncate());
        assertPassesOn(with("condition", "key == null"), events.truncate());
    }

    @Test
    void bytesAreCompared() {
        assertPassesOn(
                with("condition", "after.photo == b'\\x01\\xff'"),
                events.create(customer("photo", new byte[] {1, -1})));
    }

    @Test
    void anAlteredTableIsFilteredByItsNewColumns() {
        // Given
        Transformation<SourceRecord> transform = with("condition", "has(after.region)");

        // Then
        assertPassesOn(transform, events.create(customer()));
        if (events.hasSchemas()) {
            assertThat(transform.apply(
                            events.of(SampleSchemas.ADDRESS).event("c", null, Map.of("city", "Hull", "id", 1L))))
                    .isNull();
        }
        assertPassesOn(transform, events.create(customer()));
    }

    @Test
    void theResultIsThatOfTheSameConditionInJava() {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + " seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int limit = random.nextInt(10);
            String region = random.nextBoolean() ? "north" : "south";
            Transformation<SourceRecord> transform =
                    with("condition", "after.visits >= " + limit + " && after.region != '" + region + "'");
            for (int event = 0; event < 10; event++) {
                int visits = random.nextInt(10);
                String at = random.nextInt(3) == 0 ? null : random.nextBoolean() ? "north" : "south";

                // When
                SourceRecord kept = transform.apply(events.create(customer("visits", visits, "region", at)));

                // Then
                assertThat(kept != null).isEqualTo(visits >= limit && !region.equals(at));
            }
        }
    }

    /** It is a text, but not that of the column. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "after.profile.contains('vip')",
                "!after.profile.contains('unavailable')",
                "after.profile != null",
                "after.exists(column, after[column] == 'x')"
            })
    void aValueThatWasNotSentIsNotSearched(String condition) {
        // Given
        SourceRecord record = events.update(customer(), customer("profile", "__debezium_unavailable_value"));

        // Then
        assertThatThrownBy(() -> with("condition", condition).apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Postgres did not send");
        assertThat(with("condition", condition, "on.error", "keep").apply(record))
                .isSameAs(record);
        assertThat(with("condition", condition, "on.error", "drop").apply(record))
                .isNull();
        assertThat(with("condition", "has(after.profile) && after.name == 'Ann'")
                        .apply(record))
                .isSameAs(record);
        assertThat(with(
                                "condition",
                                "after.profile == '__debezium_unavailable_value'",
                                "unavailable.value.placeholder",
                                "other")
                        .apply(record))
                .isSameAs(record);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "after.nothing == 1 | a column that the event does not have | column 6 ",
                "before.name == 'Ann' | a column that the event does not have | column 7",
                "after.name > 5 | types do not match | column 12",
                "after.photo.startsWith('x') | types do not match | column 23",
                "after.name | neither true nor false | ''",
                "after.visits / 0 == 1 | divides by zero | column 14",
                "int(after.name) == 1 | a text cannot be converted to the requested type | column 4"
            })
    void anEvaluationErrorContainsNoValueOfTheRow(String condition, String reason, String place) {
        // Given
        SourceRecord record = events.create(customer("name", "secret-name"));

        // Then
        assertThatThrownBy(() -> with("condition", condition).apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("shop.customers")
                .hasMessageContaining(SampleEvents.TOPIC)
                .hasMessageContaining(reason)
                .hasMessageContaining(place.strip())
                .satisfies(thrown -> {
                    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("secret-name");
                    }
                });
        assertThat(with("condition", condition, "on.error", "keep").apply(record))
                .isSameAs(record);
        assertThat(with("condition", condition, "on.error", "drop").apply(record))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status == 'paid' | line 1, column 1: undeclared reference to 'status'",
                "op == 'u' && staus == 'paid' | line 1, column 14: undeclared reference to 'staus'",
                "after.status == | line 1, column 16: ",
                "after.status = 'paid' | line 1, column 14: ",
                "1 + 1 | line 1, column 3: expected type 'bool' but found 'int'",
                "op == 1 | line 1, column 4: ",
                "op.matches('(') | line 1, column ",
                "before == nothing() | line 1, column 18: undeclared reference to 'nothing'"
            })
    void anInvalidConditionIsRejectedWithThePositionAndTheAvailableNames(String condition, String message) {
        assertThatThrownBy(() -> with("condition", condition))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("condition")
                .hasMessageContaining(message)
                .hasMessageContaining("available are op, before, after, source, key, headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void anEmptyConditionIsRejected(String condition) {
        assertThatThrownBy(() -> with("condition", condition))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must not be empty");
    }

    @Test
    void aMissingConditionIsRejected() {
        assertThatThrownBy(() -> new FilterRows<SourceRecord>().configure(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("condition");
    }

    @ParameterizedTest
    @CsvSource({"action, stay", "on.error, ignore"})
    void anUnknownChoiceIsRejected(String option, String word) {
        assertThatThrownBy(() -> with(option, word))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(option)
                .hasMessageContaining("one of ");
    }

    @Test
    void aConditionAlwaysTerminates() {
        // Given
        String over = "after.labels";
        @Nullable Object[] many = new Object[300];
        Arrays.fill(many, "label");
        SourceRecord record = events.create(customer("labels", List.of(many)));

        // Then
        assertThatThrownBy(() -> with("condition", "%s.all(a, %s.all(b, a == b))".formatted(over, over))
                        .apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("too many elements");
    }

    @Test
    void aFlatRowPassesThrough() {
        SourceRecord flat = events.flat(customer());
        assertThat(with().apply(flat)).isSameAs(flat);
    }
}
