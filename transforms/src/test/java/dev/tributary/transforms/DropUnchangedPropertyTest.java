// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.transforms.ExtractChangedRecordState;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For any rows and options, an update is dropped exactly if no column of interest differs. */
class DropUnchangedPropertyTest {

    private static final int CHOICES = 60;
    private static final int UPDATES = 60;
    private static final String PLACEHOLDER = "__debezium_unavailable_value";
    private static final List<String> COLUMNS = List.of("name", "email", "region", "visits", "profile", "labels");
    private static final List<String> GLOBS =
            List.of("email", "re*", "shop.customers.vis*", "*.*.*e", "shop.orders.*", "nowhere", "p*,labels", "id");

    static Stream<SampleEvents> forms() {
        return Stream.of(SampleEvents.withSchemas(), SampleEvents.schemaless());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void onlyUpdatesThatChangeNoColumnOfInterestAreDropped(SampleEvents events) {
        // Given
        Random random = random();
        int dropped = 0;

        for (int i = 0; i < CHOICES; i++) {
            String option = random.nextBoolean() ? "columns.include" : "columns.exclude";
            String globs = random.nextInt(5) == 0 ? "" : one(random, GLOBS) + "," + one(random, GLOBS);
            boolean withHeader = random.nextBoolean();
            DropUnchanged<SourceRecord> transform = new DropUnchanged<>();
            transform.configure(Map.of(option, globs, "diff.header", withHeader ? "diff" : ""));
            for (int j = 0; j < UPDATES; j++) {
                Map<String, @Nullable Object> before = row(random);
                Map<String, @Nullable Object> after = row(random);
                Set<String> changed = changed(before, after);
                changed.retainAll(ofInterest(option, globs));

                // When
                SourceRecord out = transform.apply(events.update(before, after));

                // Then
                assertThat(out == null)
                        .as("%s=%s, %s to %s", option, globs, before, after)
                        .isEqualTo(changed.isEmpty());
                if (out != null && withHeader) {
                    assertThat(out.headers().lastWithName("diff").value())
                            .isEqualTo(
                                    COLUMNS.stream().filter(changed::contains).toList());
                }
                dropped += out == null ? 1 : 0;
            }
        }
        assertThat(dropped).isBetween(CHOICES * UPDATES / 100, CHOICES * UPDATES * 99 / 100);
    }

    @Test
    void theDiffIsThatOfDebeziumsExtractChangedRecordState() {
        // Given
        Random random = random();
        SampleEvents events = SampleEvents.withSchemas();
        DropUnchanged<SourceRecord> ours = new DropUnchanged<>();
        // Debezium counts a value that was not sent as changed.
        ours.configure(Map.of("diff.header", "diff", "unavailable.value.placeholder", "?"));
        ExtractChangedRecordState<SourceRecord> debeziums = new ExtractChangedRecordState<>();
        debeziums.configure(Map.of("header.changed.name", "diff"));

        for (int i = 0; i < UPDATES * CHOICES; i++) {
            Map<String, @Nullable Object> before = row(random);
            Map<String, @Nullable Object> after = row(random);

            // When
            SourceRecord out = ours.apply(events.update(before, after));
            Object expected = diff(debeziums.apply(events.update(before, after)));

            // Then
            assertThat(out == null ? List.of() : diff(out)).isEqualTo(expected);
        }
    }

    private static @Nullable Object diff(SourceRecord record) {
        return record.headers().lastWithName("diff").value();
    }

    private static Random random() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("DropUnchangedPropertyTest seed " + seed);
        return new Random(seed);
    }

    /** Two rows have the same values in most columns. */
    private static Map<String, @Nullable Object> row(Random random) {
        Map<String, @Nullable Object> row = customer();
        if (random.nextInt(4) == 0) {
            row.put("name", one(random, List.of("Ann", "Bea")));
        }
        if (random.nextInt(4) == 0) {
            row.put("email", random.nextBoolean() ? null : "x");
        }
        if (random.nextInt(4) == 0) {
            row.put("visits", random.nextInt(2));
        }
        if (random.nextInt(4) == 0) {
            row.put("profile", one(random, List.of("{}", PLACEHOLDER)));
        }
        if (random.nextInt(4) == 0) {
            row.put("labels", one(random, List.of(List.of(), List.of("a"), List.of(PLACEHOLDER))));
        }
        return row;
    }

    private static Set<String> changed(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Set<String> changed = new HashSet<>();
        for (String column : COLUMNS) {
            Object is = after.get(column);
            boolean unsent = PLACEHOLDER.equals(is) || List.of(PLACEHOLDER).equals(is);
            if (!unsent && !Objects.equals(before.get(column), is)) {
                changed.add(column);
            }
        }
        return changed;
    }

    private static Set<String> ofInterest(String option, String globs) {
        Set<String> all = new HashSet<>(customer().keySet());
        if (globs.isEmpty()) {
            return all;
        }
        Set<String> chosen = new HashSet<>(all);
        chosen.removeIf(column -> Arrays.stream(globs.split(",", -1))
                .map(glob -> glob.contains(".") ? glob : "*.*." + glob)
                .noneMatch(glob -> ("shop.customers." + column)
                        .matches(glob.replace(".", "\\.").replace("*", "[^.]*"))));
        if (option.equals("columns.include")) {
            return chosen.isEmpty() ? all : chosen;
        }
        all.removeAll(chosen);
        return all;
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
