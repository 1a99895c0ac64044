// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transforms.event.FieldPath;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class DropUnchangedSuite extends TransformSuite {

    DropUnchangedSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new DropUnchanged<>();
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
        assertThat(with().apply(events.update(customer("email", null), customer())))
                .isNotNull();
        assertThat(with().apply(events.update(customer(), customer("email", null))))
                .isNotNull();
    }

    @Test
    void fromNullToTheDefaultIsAChange() {
        // Given
        SampleEvents altered = events.of(SampleEvents.rowWith(
                "score", SchemaBuilder.int32().optional().defaultValue(0).build()));

        // Then
        assertThat(with().apply(altered.update(customer("score", null), customer("score", 0))))
                .isNotNull();
        assertThat(with().apply(altered.update(customer("score", 0), customer("score", 0))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.customers.email",
                "email",
                "*.*.email",
                "e*l",
                "shop.*.email, shop.orders.visits",
                "shop.customers.nowhere, *.customers.e*",
            })
    void onlyTheColumnsOfInterestCount(String columns) {
        Transformation<SourceRecord> transform = with("columns.include", columns);
        assertThat(transform.apply(events.update(customer(), customer("visits", 4, "region", "south"))))
                .isNull();
        assertThat(transform.apply(events.update(customer(), customer("email", "bea@example.org"))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.orders.email", "hr.*.*", "nowhere", "Email", "shop.customers.nowhere"})
    void allColumnsOfATableCountIfNoneIsListed(String columns) {
        Transformation<SourceRecord> transform = with("columns.include", columns);
        assertThat(transform.apply(events.update(customer(), customer("visits", 4))))
                .isNotNull();
        assertThat(transform.apply(events.update(customer(), customer()))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.customers.visits", "visits", "*.*.vis*", "region, visits"})
    void ignoredColumnsDoNotCount(String columns) {
        Transformation<SourceRecord> transform = with("columns.exclude", columns);
        assertThat(transform.apply(events.update(customer(), customer("visits", 4))))
                .isNull();
        assertThat(transform.apply(events.update(customer(), customer("visits", 4, "email", null))))
                .isNotNull();
    }

    @Test
    void tablesInOneStreamAreDistinguished() {
        // Given
        Transformation<SourceRecord> transform = with("columns.exclude", "shop.customers.visits");
        SampleEvents orders = events.about("shop", "orders");

        // Then
        for (int i = 0; i < 2; i++) {
            assertThat(transform.apply(events.update(customer(), customer("visits", 4))))
                    .isNull();
            assertThat(transform.apply(orders.update(customer(), customer("visits", 4))))
                    .isNotNull();
        }
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
        assertThat(with("unavailable.value.placeholder", "?").apply(events.update(customer(), after)))
                .isNotNull();
        assertThat(with("unavailable.value.placeholder", "?")
                        .apply(events.update(customer(), customer("profile", "?"))))
                .isNull();
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
                    .isEqualTo(SampleEvents.ROW.field("email").schema());
        }
    }

    @Test
    void aDiffCanContainARequiredStruct() {
        // Given
        Schema point = SchemaBuilder.struct().field("x", Schema.INT32_SCHEMA).build();
        SampleEvents altered = events.of(SampleEvents.rowWith("place", point));

        // When
        SourceRecord compared = Objects.requireNonNull(with("diff.header", "diff", "diff", "values")
                .apply(altered.update(customer("place", Map.of("x", 1)), customer("place", Map.of("x", 2)))));

        // Then
        assertThat(SampleEvents.plain(header(compared, "diff")))
                .isEqualTo(Map.of("before", Map.of("place", Map.of("x", 1)), "after", Map.of("place", Map.of("x", 2))));
    }

    @Test
    void anAddedColumnCountsFromThenOn() {
        // Given
        Transformation<SourceRecord> transform = with("columns.include", "email,tier");
        SampleEvents altered = events.of(SampleEvents.rowWith("tier", Schema.OPTIONAL_STRING_SCHEMA));

        // Then
        assertThat(transform.apply(events.update(customer(), customer("visits", 4))))
                .isNull();
        assertThat(transform.apply(altered.update(customer("tier", null), customer("tier", "gold"))))
                .isNotNull();
        assertThat(transform.apply(altered.update(customer("tier", "gold"), customer("tier", "gold"))))
                .isNull();
        assertThat(transform.apply(events.update(customer(), customer()))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"columns.include", "columns.exclude"})
    void anInvalidColumnIsRejected(String option) {
        for (String columns : List.of("shop.customers", "a.b.c.d", "shop..email", "email,,name", "shop.customers.")) {
            assertThatThrownBy(() -> with(option, columns))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(option)
                    .hasMessageContaining("does not have the form schema.table.column");
        }
    }

    @Test
    void settingBothListsIsRejected() {
        assertThatThrownBy(() -> with("columns.include", "email", "columns.exclude", "visits"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("columns.exclude: set either columns.include or columns.exclude, but not both");
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

    @Test
    void aWorkerShowsTheProblemAtTheOption() {
        assertThat(DropUnchanged.CONFIG_DEF.validate(
                        Map.of("columns.include", "a", "columns.exclude", "b", "diff", "values")))
                .filteredOn(option -> !option.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder("columns.exclude", "diff");
    }

    private static Schema schemaOfDiff(Transformation<SourceRecord> transform, SourceRecord update) {
        return Objects.requireNonNull(transform.apply(update))
                .headers()
                .lastWithName("diff")
                .schema();
    }

    private static @Nullable Object header(@Nullable SourceRecord record, String name) {
        Header header = Objects.requireNonNull(record).headers().lastWithName(name);
        return header == null ? null : header.value();
    }
}
