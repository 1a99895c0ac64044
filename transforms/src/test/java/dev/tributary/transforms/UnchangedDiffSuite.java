// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transforms.event.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The header in which {@link DropUnchanged} says what an update changed. */
abstract class UnchangedDiffSuite extends UnchangedSuite {

    UnchangedDiffSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void aHeaderListsTheChangedColumnsOfInterest() {
        // Given
        SourceRecord update = events.update(customer(), customer("visits", 4, "email", null, "name", "Bea"));
        update.headers().addString("h", "x");

        // When
        SourceRecord compared = Objects.requireNonNull(
                with("columns.exclude", "name", "diff.header", "diff").apply(update));

        // Then
        assertThat(header(compared, "diff")).isEqualTo(List.of("email", "visits"));
        assertThat(header(compared, "h")).isEqualTo("x");
        assertThat(update.headers()).hasSize(1);
        assertThat(compared.value()).isSameAs(update.value());
        assertThat(compared.topic()).isEqualTo(update.topic());
        assertThat(compared.key()).isSameAs(update.key());
        assertThat(compared.timestamp()).isEqualTo(update.timestamp());
    }

    @Test
    void aHeaderContainsTheValuesIfConfigured() {
        // Given
        Transformation<SourceRecord> transform = with("diff.header", "diff", "diff", "values");
        Map<String, @Nullable Object> after =
                customer("email", null, "address", Map.of("city", "York"), "profile", "__debezium_unavailable_value");

        // When
        SourceRecord compared = Objects.requireNonNull(transform.apply(events.update(customer(), after)));

        // Then
        Map<?, ?> diff = (Map<?, ?>) Objects.requireNonNull(SampleEvents.plain(header(compared, "diff")));
        assertThat(diff.keySet()).map(String::valueOf).containsExactlyInAnyOrder("before", "after");
        Map<?, ?> was = (Map<?, ?>) Objects.requireNonNull(diff.get("before"));
        Map<?, ?> is = (Map<?, ?>) Objects.requireNonNull(diff.get("after"));
        assertThat(was.keySet()).map(String::valueOf).containsExactly("email", "address");
        assertThat(is.keySet()).map(String::valueOf).containsExactly("email", "address");
        assertThat(was.get("email")).isEqualTo("ann@example.org");
        assertThat(is.get("email")).isNull();
        assertThat(new FieldPath(List.of("address", "city")).in(is)).isEqualTo("York");
    }

    @Test
    void theSchemaOfADiffIsCreatedOnce() {
        // Given
        Transformation<SourceRecord> transform = with("diff.header", "diff", "diff", "values");

        // When
        Schema visits = schemaOfDiff(transform, events.update(customer(), customer("visits", 4)));
        Schema email = schemaOfDiff(transform, events.update(customer(), customer("email", null)));
        Schema again = schemaOfDiff(transform, events.update(customer(), customer("visits", 5)));

        // Then
        assertThat(again).isSameAs(visits);
        if (events.hasSchemas()) {
            assertThat(visits.field("after").schema().fields())
                    .extracting(field -> field.name())
                    .containsExactly("visits");
            assertThat(email.field("before").schema().field("email").schema())
                    .isEqualTo(SampleSchemas.ROW.field("email").schema());
        }
    }

    @Test
    void aDiffCanContainARequiredStruct() {
        // Given
        Schema point = SchemaBuilder.struct().field("x", Schema.INT32_SCHEMA).build();
        SampleEvents altered = events.of(SampleSchemas.rowWith("place", point));

        // When
        SourceRecord compared = Objects.requireNonNull(with("diff.header", "diff", "diff", "values")
                .apply(altered.update(customer("place", Map.of("x", 1)), customer("place", Map.of("x", 2)))));

        // Then
        assertThat(SampleEvents.plain(header(compared, "diff")))
                .isEqualTo(Map.of("before", Map.of("place", Map.of("x", 1)), "after", Map.of("place", Map.of("x", 2))));
    }

    @Test
    void aDiffWithoutAHeaderIsRejected() {
        assertThatThrownBy(() -> with("diff", "values"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("diff: requires diff.header");
        assertThatThrownBy(() -> with("diff", "rows", "diff.header", "diff"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("one of columns, values");
    }

    private static Schema schemaOfDiff(Transformation<SourceRecord> transform, SourceRecord update) {
        return Objects.requireNonNull(transform.apply(update))
                .headers()
                .lastWithName("diff")
                .schema();
    }
}
