// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which updates {@link DropUnchanged} drops. */
abstract class DropUnchangedSuite extends UnchangedSuite implements PassesOtherRecords {

    DropUnchangedSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void anUpdateThatChangesNothingIsDropped() {
        Map<String, @Nullable Object> before = customer("photo", new byte[] {1, 2}, "email", null);
        Map<String, @Nullable Object> after = customer("photo", new byte[] {1, 2}, "email", null);
        assertThat(with().apply(events.update(before, after))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name", "email", "region", "visits", "balance", "profile", "labels", "extras", "address", "photo"
            })
    void anUpdateThatChangesAColumnIsPassedOn(String column) {
        // Given
        Map<String, Object> others = Map.of(
                "name",
                "Bea",
                "email",
                "bea@example.org",
                "region",
                "south",
                "visits",
                4,
                "balance",
                new BigDecimal("12.51"),
                "profile",
                "{}",
                "labels",
                List.of("new"),
                "extras",
                Map.of("size", "L"),
                "address",
                Map.of("street", "Elm 2", "city", "Hull"),
                "photo",
                new byte[] {1, 3});
        Map<String, @Nullable Object> before = customer("photo", new byte[] {1, 2});
        SourceRecord update = events.update(before, customer("photo", new byte[] {1, 2}, column, others.get(column)));

        // Then
        assertThat(with().apply(update)).isSameAs(update);
    }

    @Test
    void otherOperationsPassThrough() {
        for (SourceRecord record : List.of(
                events.create(customer()),
                events.read(customer()),
                events.delete(customer()),
                events.truncate(),
                events.message(),
                events.flat(customer()),
                events.event("c", customer(), customer()),
                events.event("u", customer(), null))) {
            assertThat(with("columns.exclude", "*", "diff.header", "diff").apply(record))
                    .isSameAs(record);
        }
    }

    @Test
    void fromAndToNullIsAChange() {
        assertPassesOn(with(), events.update(customer("email", null), customer()));
        assertPassesOn(with(), events.update(customer(), customer("email", null)));
    }

    @Test
    void fromNullToTheDefaultIsAChange() {
        // Given
        SampleEvents altered = events.of(SampleSchemas.rowWith(
                "score", SchemaBuilder.int32().optional().defaultValue(0).build()));

        // Then
        assertPassesOn(with(), altered.update(customer("score", null), customer("score", 0)));
        assertThat(with().apply(altered.update(customer("score", 0), customer("score", 0))))
                .isNull();
    }

    @Test
    void anUpdateOfTheKeyIsPassedOnWhateverTheColumnsOfInterest() {
        SourceRecord update = events.update(customer("id", 1L), customer("id", 2L));
        assertThat(with("columns.exclude", "*").apply(update)).isSameAs(update);
        assertThat(with("columns.include", "email").apply(update)).isSameAs(update);
        assertThat(header(
                        with("columns.include", "email", "diff.header", "diff").apply(update), "diff"))
                .isEqualTo(List.of());
        assertThat(with("columns.exclude", "*").apply(events.update(customer(), customer("email", "other"))))
                .isNull();
    }

    @Test
    void anUpdateWithoutTheOldRowIsPassedOn() {
        SourceRecord update = events.update(null, customer());
        assertThat(with("diff.header", "diff", "columns.include", "nowhere").apply(update))
                .isSameAs(update);
    }

    @Test
    void theFixIsLoggedOncePerTable() {
        // Given
        Transformation<SourceRecord> transform = with();
        SampleEvents quoted = events.about("Shop", "order\"s");
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();

        // When
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            for (int i = 0; i < 3; i++) {
                transform.apply(events.update(null, customer()));
                transform.apply(quoted.update(null, customer()));
                transform.apply(events.update(customer(), customer()));
            }
        } finally {
            System.setErr(console);
        }

        // Then
        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("WARN").doesNotContain("Ann", "north"))
                .anySatisfy(line -> assertThat(line)
                        .contains("table shop.customers")
                        .endsWith("ALTER TABLE \"shop\".\"customers\" REPLICA IDENTITY FULL"))
                .anySatisfy(
                        line -> assertThat(line).endsWith("ALTER TABLE \"Shop\".\"order\"\"s\" REPLICA IDENTITY FULL"));
    }

    @Test
    void aValueThatWasNotSentIsUnchanged() {
        Map<String, @Nullable Object> after = customer("profile", "__debezium_unavailable_value");
        assertThat(with().apply(events.update(customer(), after))).isNull();
        assertPassesOn(with("unavailable.value.placeholder", "?"), events.update(customer(), after));
        assertThat(with("unavailable.value.placeholder", "?")
                        .apply(events.update(customer(), customer("profile", "?"))))
                .isNull();
    }

    @Test
    void aWorkerShowsTheProblemAtTheOption() {
        assertThat(DropUnchanged.CONFIG_DEF.validate(
                        Map.of("columns.include", "a", "columns.exclude", "b", "diff", "values")))
                .filteredOn(option -> !option.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder("columns.exclude", "diff");
    }
}
