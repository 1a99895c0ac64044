// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link MaskFields} does to records as a whole. */
abstract class MaskFieldsSuite extends MaskSuite implements PassesOtherRecords {

    MaskFieldsSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void aRecordThatNoRuleConcernsIsPassedOnUnchanged() {
        Transformation<SourceRecord> transform = with("rules", "*.orders.email=hash, other.customers.email=hash");
        for (SourceRecord record : List.of(
                events.create(customer()),
                events.update(customer(), customer()),
                events.delete(customer()),
                events.flat(customer()),
                events.tombstone(customer()),
                events.truncate())) {
            assertThat(transform.apply(record)).isSameAs(record);
        }
    }

    @Test
    void theIncomingRecordIsNotChanged() {
        // Given
        SourceRecord record = events.update(customer(), customer());
        Object value = SampleEvents.plain(record.value());
        Object key = SampleEvents.plain(record.key());

        // When
        with("rules", "**=hash, **:/**=hash").apply(record);

        // Then
        assertThat(SampleEvents.plain(record.value())).isEqualTo(value);
        assertThat(SampleEvents.plain(record.key())).isEqualTo(key);
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void theRestOfTheEnvelopeStays() {
        // Given
        SourceRecord record = events.create(customer());

        // When
        Map<String, @Nullable Object> masked = row(with("rules", "**=redact", "keys", "keep"), record);

        // Then
        Map<String, @Nullable Object> was = plainMap(record.value());
        was.keySet().removeAll(List.of("before", "after"));
        assertThat(masked).containsAllEntriesOf(was);
    }

    @Test
    void logicalMessagesPassThrough() {
        SourceRecord message = events.message();
        assertThat(with("rules", "**=redact").apply(message)).isSameAs(message);
    }

    @Test
    void truncatesHaveNoRowToMask() {
        assertThat(value(with("rules", "**=redact"), events.truncate()))
                .isEqualTo(SampleEvents.plain(events.truncate().value()));
    }

    @Test
    void anAddedColumnIsMasked() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "*.customers.*mail=redact");
        SchemaBuilder altered =
                SchemaBuilder.struct().name(SampleSchemas.ROW.name()).optional();
        SampleSchemas.ROW.fields().forEach(field -> altered.field(field.name(), field.schema()));
        Schema row = altered.field("second_mail", Schema.OPTIONAL_STRING_SCHEMA).build();

        // When
        Map<String, @Nullable Object> before = part(row(transform, events.create(customer())), "after");
        Map<String, @Nullable Object> after =
                part(row(transform, events.of(row).create(customer("second_mail", "a@b.c"))), "after");

        // Then
        assertThat(before).containsEntry("email", "****").doesNotContainKey("second_mail");
        assertThat(after).containsEntry("email", "****").containsEntry("second_mail", "****");
    }

    @Test
    void noMaskedValueRemainsInTheRecord() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + " seed " + seed);
        Random random = new Random(seed);
        List<String> actions = List.of("hash", "encrypt:deterministic", "encrypt", "redact", "null");
        for (int round = 0; round < 300; round++) {
            // Given
            String secret = "S" + Long.toHexString(random.nextLong() | 1L << 62) + "S";
            String inKey = actions.get(random.nextInt(2));
            String action = actions.get(random.nextInt(actions.size()));
            Transformation<SourceRecord> transform = with(
                    "rules",
                    "shop.customers.email=" + inKey + ", **.name=" + action + ", **.extras.secret=" + action
                            + ", **.labels=" + action + ", *.*.address.*=" + action + ", **.profile:/**/secret="
                            + action
                            + ", **.photo=" + action);
            Map<String, @Nullable Object> row = customer(
                    "email",
                    secret,
                    "name",
                    "x" + secret,
                    "extras",
                    Map.of("secret", secret),
                    "labels",
                    List.of("l", secret),
                    "address",
                    Map.of("street", secret, "city", secret),
                    "profile",
                    "{\"a\":[{\"b\":{\"secret\":\"" + secret + "\"}}], \"secret\" : [\"" + secret + "\"]}",
                    "photo",
                    secret.getBytes(StandardCharsets.UTF_8));
            SourceRecord event = random.nextBoolean()
                    ? events.update(row, row)
                    : random.nextBoolean() ? events.delete(row) : events.flat(row);
            SourceRecord record = withKey(event, "email", secret);
            record.headers().add("__debezium.newkey", record.key(), record.keySchema());
            assertThat(everything(record)).contains(secret);

            // When
            SourceRecord masked = applied(transform, record);

            // Then
            assertThat(everything(masked)).as(() -> "with " + action).doesNotContain(secret);
        }
    }
}
