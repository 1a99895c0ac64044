// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** Which schemas {@link MaskFields} changes, and what it neither copies nor reads. */
class MaskSchemasTest extends MaskSuite {

    MaskSchemasTest() {
        super(SampleEvents.withSchemas());
    }

    @Test
    void anUnchangedSchemaIsTheSameObject() {
        // Given
        SourceRecord record = events.create(customer());

        // When
        SourceRecord masked = applied(
                with(
                        "rules",
                        "*.*.email=redact, *.*.extras=hash, *.*.labels=hash,"
                                + " *.*.address.city=encrypt, *.*.profile:/phone=null"),
                record);

        // Then
        assertThat(masked.valueSchema()).isSameAs(record.valueSchema());
        assertThat(masked.keySchema()).isSameAs(record.keySchema());
        assertThat(masked.key()).isSameAs(record.key());
    }

    @Test
    void aChangedSchemaIsCreatedOnce() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "*.customers.id=hash");

        // When
        SourceRecord first = applied(transform, events.create(customer()));
        SourceRecord second = applied(transform, events.update(customer(), customer()));

        // Then
        assertThat(second.valueSchema()).isSameAs(first.valueSchema());
        assertThat(second.keySchema()).isSameAs(first.keySchema());
        assertThat(first.valueSchema().name()).isEqualTo("shop.shop.customers.Envelope");
        assertThat(first.valueSchema().version()).isEqualTo(2);
        assertThat(first.valueSchema().field("before").schema())
                .isSameAs(first.valueSchema().field("after").schema());
        assertThat(first.valueSchema().field("after").schema().name()).isEqualTo("shop.shop.customers.Value");
        assertThat(first.keySchema().field("id").schema()).isEqualTo(Schema.STRING_SCHEMA);
        ((Struct) first.value()).validate();
        ((Struct) first.key()).validate();
    }

    @Test
    void aTruncateHasTheSchemaOfTheMaskedRows() {
        Transformation<SourceRecord> transform = with("rules", "*.customers.visits=hash");
        assertThat(applied(transform, events.truncate()).valueSchema())
                .isSameAs(applied(transform, events.create(customer())).valueSchema());
    }

    @Test
    void partsThatAreNotMaskedAreShared() {
        // Given
        SourceRecord record = events.create(customer());
        Struct after = ((Struct) record.value()).getStruct("after");

        // When
        Struct masked = (Struct) applied(with(), record).value();

        // Then
        assertThat(masked.getStruct("source")).isSameAs(((Struct) record.value()).getStruct("source"));
        assertThat(masked.getStruct("after").getStruct("address")).isSameAs(after.getStruct("address"));
        assertThat(masked.getStruct("after").getArray("labels")).isSameAs(after.getArray("labels"));
    }

    @Test
    void aRowThatIsNotMaskedIsNotRead() {
        // Given
        Schema envelope = SchemaBuilder.struct()
                .field("after", SampleSchemas.ROW)
                .field("op", Schema.STRING_SCHEMA)
                .field("source", SampleSchemas.SOURCE)
                .build();
        List<String> read = new ArrayList<>();
        Struct row = new Struct(SampleSchemas.ROW) {
            @Override
            public Object get(Field field) {
                read.add(field.name());
                return super.get(field);
            }

            @Override
            public Object getWithoutDefault(String name) {
                read.add(name);
                return super.getWithoutDefault(name);
            }
        };
        row.put("id", 1L).put("name", "Ann");
        Struct value = new Struct(envelope)
                .put("op", "c")
                .put("after", row)
                .put("source", ((Struct) events.create(customer()).value()).getStruct("source"));
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), SampleEvents.TOPIC, envelope, value);

        // When
        SourceRecord handedOn = applied(with("rules", "*.customers.nowhere=redact"), record);

        // Then
        assertThat(handedOn).isSameAs(record);
        assertThat(read).isEmpty();
        applied(with(), record);
        assertThat(read).contains("email");
    }

    @Test
    void aMaskedColumnHasNoDefault() {
        // Given
        Schema needed = SchemaBuilder.string().defaultValue("Ann").doc("who").build();
        Schema optional = SchemaBuilder.string().optional().defaultValue("Ann").build();

        // When
        Struct redacted = flat(needed, null, "*.t.c=redact");
        Struct hashed = flat(optional, null, "*.t.c=hash");
        Struct kept = flat(optional, null, "*.t.d=hash");

        // Then
        assertThat(redacted.schema().field("c").schema())
                .isEqualTo(SchemaBuilder.string().doc("who").build());
        assertThat(redacted.get("c")).isEqualTo("****");
        assertThat(hashed.schema().field("c").schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(hashed.get("c")).isNull();
        assertThat(kept.schema().field("c").schema()).isSameAs(optional);
        assertThat(kept.getWithoutDefault("c")).isNull();
    }

    @Test
    void aMapWithASchemaIsMaskedAsARow() {
        // Given
        Schema schema = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                .name("p.s.t.Value")
                .build();
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "x", schema, Map.of("a", "Ann", "b", "Bob"));

        // When
        SourceRecord masked = applied(with("rules", "s.t.a=redact"), record);

        // Then
        assertThat(masked.value()).isEqualTo(Map.of("a", "****", "b", "Bob"));
        assertThat(masked.valueSchema()).isSameAs(schema);
    }
}
