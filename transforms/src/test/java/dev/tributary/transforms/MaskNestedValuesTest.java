// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** How {@link MaskFields} masks values inside structs, arrays and maps that have a schema. */
class MaskNestedValuesTest extends MaskSuite {

    MaskNestedValuesTest() {
        super(SampleEvents.withSchemas());
    }

    @Test
    void structsInArraysAndMapsAreMasked() {
        // Given
        Schema person = SchemaBuilder.struct()
                .name("person")
                .field("name", Schema.STRING_SCHEMA)
                .field("age", Schema.INT32_SCHEMA)
                .build();
        Struct ann = new Struct(person).put("name", "Ann").put("age", 7);
        Schema array = SchemaBuilder.array(person).optional().doc("people").build();
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, person).name("m").build();

        // When
        Struct listed = flat(array, List.of(ann), "*.t.c.age=hash");
        Struct mapped = flat(map, Map.of("a", ann), "*.t.c.*.age=hash");

        // Then
        assertThat(SampleEvents.plain(listed.get("c"))).isEqualTo(List.of(Map.of("name", "Ann", "age", hash("7"))));
        assertThat(listed.schema().field("c").schema().doc()).isEqualTo("people");
        assertThat(SampleEvents.plain(mapped.<String, Struct>getMap("c").get("a")))
                .isEqualTo(Map.of("name", "Ann", "age", hash("7")));
        assertThat(mapped.schema().field("c").schema().name()).isEqualTo("m");
        mapped.validate();
        listed.validate();
    }

    @Test
    void aStructIsNulledAsAWholeUnlessAnEarlierRuleIsForAPart() {
        // Given
        Schema point = SchemaBuilder.struct()
                .field("x", Schema.FLOAT64_SCHEMA)
                .field("names", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .field("text", Schema.STRING_SCHEMA)
                .build();
        Struct value =
                new Struct(point).put("x", 1.5).put("names", List.of("a")).put("text", "t");

        // When
        Struct emptied = flat(point, value, "**.phone=hash, *.t.c=null");
        Struct kept = flat(point, value, "**.x=keep, *.t.c=null");

        // Then
        assertThat(emptied.get("c")).isNull();
        assertThat(emptied.schema().field("c").schema().isOptional()).isTrue();
        assertThat(kept.getStruct("c").get("x")).isEqualTo(1.5);
        assertThat(kept.getStruct("c").get("names")).isNull();
        assertThat(kept.getStruct("c").get("text")).isNull();
    }

    @Test
    void aMapInANulledStructKeepsItsExceptions() {
        // Given
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Schema struct = SchemaBuilder.struct().field("m", map).build();
        Struct value = new Struct(struct).put("m", Map.of("phone", "555-0101"));

        // When
        Struct masked = flat(struct, value, "**.phone=keep, *.t.c=null");

        // Then
        assertThat(masked.getStruct("c").getMap("m")).isEqualTo(Map.of("phone", "555-0101"));
    }

    @Test
    void valuesOfAMapHaveOneTypeForAllKeys() {
        // Given
        Schema map =
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build();
        Map<String, Integer> value = Map.of("secret-key", 12345, "other", 1);

        // When / Then
        assertThatThrownBy(() -> flat(map, value, "*.t.c.secret*=hash"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("map c of table s.t")
                .hasMessageNotContaining("secret-key")
                .hasMessageNotContaining("12345");
        assertThat(flat(map, value, "*.t.c.none=hash").get("c")).isEqualTo(value);
        assertThat(flat(map, value, "*.t.c.secret*=redact").get("c")).isEqualTo(Map.of("secret-key", 0, "other", 1));
        assertThat(flat(map, value, "*.t.c.other=truncate:1, *.t.c.*=redact").get("c"))
                .isEqualTo(Map.of("secret-key", 0, "other", 0));
        assertThat(flat(map, value, "*.t.c=hash").get("c"))
                .isEqualTo(Map.of("secret-key", hash("12345"), "other", hash("1")));
    }
}
