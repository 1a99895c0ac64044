// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a row contains, no record is sent to a topic name that Kafka would reject. */
class RouteTopicPropertyTest {

    private static final int TEMPLATES = 40;
    private static final int ROWS = 100;
    private static final List<String> PIECES = List.of(
            "${after.region}",
            "${after.name}",
            "${table}",
            "${schema}",
            "${topic}",
            "${op}",
            "${key.id}",
            "x",
            ".",
            "-_");
    private static final String LETTERS = "abcZ09._-. /$é\u0000\n\u00a0\u0660\ud83d\ude00";

    private final SampleEvents events = SampleEvents.withSchemas();
    private Random random = new Random();

    @BeforeEach
    void seed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RouteTopicPropertyTest seed " + seed);
        random = new Random(seed);
    }

    @Test
    void replacedNamesAreLegal() {
        for (int i = 0; i < TEMPLATES; i++) {
            RouteTopic<SourceRecord> transform = transform(Map.of("topic", template(), "illegal", "replace"));
            for (int j = 0; j < ROWS; j++) {
                Topic.validate(transform.apply(row()).topic());
            }
        }
    }

    @Test
    void namesAreLegalOrAnErrorThatShowsNoValue() {
        int routed = 0;
        int refused = 0;
        for (int i = 0; i < TEMPLATES; i++) {
            String template = template();
            RouteTopic<SourceRecord> transform = transform(Map.of("topic", template));
            for (int j = 0; j < ROWS; j++) {
                SourceRecord row = row();
                String expected = filled(template, row);
                String topic = null;
                try {
                    topic = transform.apply(row).topic();
                } catch (DataException e) {
                    String region = Objects.toString(value(row, "region"));
                    assertThat(e).hasMessageMatching("[\\x20-\\x7e]+");
                    assertThat(region.length() > 3
                                    && Objects.toString(e.getMessage()).contains(region))
                            .isFalse();
                }
                assertThat(topic).isEqualTo(expected);
                routed += topic == null ? 0 : 1;
                refused += topic == null ? 1 : 0;
            }
        }
        assertThat(routed).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void regularExpressionsMakeLegalNames() {
        RouteTopic<SourceRecord> transform =
                transform(Map.of("regex", "(?s)(.?)(.*)", "replacement", "$2 $1", "illegal", "replace"));
        for (int i = 0; i < TEMPLATES * ROWS; i++) {
            SourceRecord row = row();
            Topic.validate(transform
                    .apply(row.newRecord(text(), null, null, null, null, null, null))
                    .topic());
        }
    }

    private static RouteTopic<SourceRecord> transform(Map<String, String> options) {
        RouteTopic<SourceRecord> transform = new RouteTopic<>();
        transform.configure(options);
        return transform;
    }

    /** With a variable at the end, so that not every template is legal as it is. */
    private String template() {
        StringBuilder template = new StringBuilder();
        for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
            template.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return template + "${after.region}";
    }

    private SourceRecord row() {
        return events.create(customer("region", text(), "name", text(), "id", (long) random.nextInt(3)));
    }

    private String text() {
        int length = random.nextInt(10) == 0 ? 240 + random.nextInt(20) : random.nextInt(4);
        // Mostly legal characters: otherwise hardly any name would be legal.
        int letters = random.nextInt(3) == 0 ? LETTERS.length() : 9;
        StringBuilder text = new StringBuilder();
        while (length-- > 0) {
            text.append(LETTERS.charAt(random.nextInt(letters)));
        }
        return text.toString();
    }

    private static @Nullable String filled(String template, SourceRecord row) {
        String name = template.replace("${table}", "customers")
                .replace("${schema}", "shop")
                .replace("${topic}", SampleEvents.TOPIC)
                .replace("${op}", "c")
                .replace("${key.id}", String.valueOf(value(row, "id")))
                .replace("${after.region}", String.valueOf(value(row, "region")))
                .replace("${after.name}", String.valueOf(value(row, "name")));
        return Topic.isValid(name) ? name : null;
    }

    private static @Nullable Object value(SourceRecord row, String column) {
        return ((Struct) row.value()).getStruct("after").get(column);
    }
}
