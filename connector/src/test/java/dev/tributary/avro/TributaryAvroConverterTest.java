// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The converter with a registry. */
class TributaryAvroConverterTest {

    private static final Schema ORDER = order().build();

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private static SchemaBuilder order() {
        return SchemaBuilder.struct()
                .name("shop.public.orders.Value")
                .field("id", Schema.INT64_SCHEMA)
                .field("note", Schema.OPTIONAL_STRING_SCHEMA);
    }

    private static Struct struct(Schema schema) {
        return new Struct(schema).put("id", 7L).put("note", "ä");
    }

    private TributaryAvroConverter converter(String... options) {
        return converter(false, options);
    }

    private TributaryAvroConverter converter(boolean isKey, String... options) {
        TributaryAvroConverter converter = new TributaryAvroConverter();
        converter.configure(configs(options), isKey);
        return converter;
    }

    private Map<String, String> configs(String... options) {
        Map<String, String> configs = new HashMap<>(Map.of(
                ConverterOptions.URL, registry.url(), ConverterOptions.RETRIES, "1", ConverterOptions.WAIT, "1"));
        for (int i = 0; i < options.length; i += 2) {
            configs.put(options[i], options[i + 1]);
        }
        return configs;
    }

    @Test
    void aMessageIsAZeroTheIdAndTheValue() {
        byte[] message = converter().fromConnectData("t", ORDER, struct(ORDER));

        // {@code 14} is 7, {@code 2} the second member of the union, and {@code 4} a text of two bytes.
        assertThat(message).containsExactly(0, 0, 0, 0, 1, 14, 2, 4, 0xC3, 0xA4);
        assertThat(registry.requests()).containsExactly("POST /subjects/t-value/versions");
    }

    @Test
    void theRegistryIsAskedOncePerSchemaAndTopic() {
        TributaryAvroConverter converter = converter();

        converter.fromConnectData("t", ORDER, struct(ORDER));
        converter.fromConnectData("t", ORDER, struct(ORDER));
        Schema equal = order().build();
        converter.fromConnectData("t", equal, struct(equal));
        converter.fromConnectData("u", ORDER, struct(ORDER));
        converter.fromConnectData("t", ORDER, struct(ORDER));

        assertThat(registry.requests())
                .containsExactly("POST /subjects/t-value/versions", "POST /subjects/u-value/versions");
    }

    @Test
    void nullIsATombstone() {
        assertThat(converter().fromConnectData("t", null, null)).isNull();
        assertThat(converter().fromConnectData("t", order().optional().build(), null))
                .isNull();
        assertThatThrownBy(() -> converter().fromConnectData("t", ORDER, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic t");
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void errorsNameTheField() {
        Schema inner = SchemaBuilder.struct().field("n", Schema.INT32_SCHEMA).build();
        Schema other = SchemaBuilder.struct().field("m", Schema.INT32_SCHEMA).build();

        assertThatThrownBy(() -> converter().fromConnectData("t", inner, new Struct(inner)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic t")
                .hasMessageContaining("Field n: It is null");
        assertThatThrownBy(() -> converter().fromConnectData("t", Schema.INT32_SCHEMA, "text"))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> converter().fromConnectData("t", inner, new Struct(other)))
                .isInstanceOf(DataException.class);
    }

    @Test
    void subjectsAreNamedAfterTopicOrRecord() {
        converter(ConverterOptions.VALUE_SUBJECT, "RecordNameStrategy").fromConnectData("t", ORDER, struct(ORDER));
        converter(ConverterOptions.VALUE_SUBJECT, "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy")
                .fromConnectData("t", ORDER, struct(ORDER));
        converter(true).fromConnectData("b c", Schema.INT64_SCHEMA, 1L);

        assertThat(registry.requests())
                .containsExactly(
                        "POST /subjects/shop.public.orders.Value/versions",
                        "POST /subjects/t-shop.public.orders.Value/versions",
                        "POST /subjects/b%20c-key/versions");
        assertThatThrownBy(() -> converter(ConverterOptions.VALUE_SUBJECT, "RecordNameStrategy")
                        .fromConnectData("t", Schema.INT64_SCHEMA, 1L))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("TopicNameStrategy");
    }

    @Test
    void aRefusedSchemaIsExplainedAndNotSentAgainForEachRecord() {
        TributaryAvroConverter converter = converter();
        converter.fromConnectData("t", ORDER, struct(ORDER));
        Schema wider = order().field("total", Schema.INT32_SCHEMA).build();
        Struct struct = struct(wider).put("total", 1);
        registry.answerNext(409, "{\"error_code\":409,\"message\":\"incompatible\"}");
        registry.answerNext(404, "{\"error_code\":40408,\"message\":\"It has none of its own\"}");
        registry.answerNext(200, "{\"compatibilityLevel\":\"BACKWARD\"}");

        assertThatThrownBy(() -> converter.fromConnectData("t", wider, struct))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t-value")
                .hasMessageContaining("BACKWARD")
                .hasMessageContaining("version 1")
                .hasMessageContaining("field total was added without a default")
                .hasMessageContaining("incompatible");
        int requests = registry.requests().size();
        assertThatThrownBy(() -> converter.fromConnectData("t", wider, struct))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("field total was added");
        assertThat(registry.requests()).hasSize(requests);
    }

    @Test
    void aRegistryThatFailsIsAskedAgain() {
        registry.answerNext(503, "busy");

        byte[] message = converter().fromConnectData("t", ORDER, struct(ORDER));

        assertThat(message).startsWith(0, 0, 0, 0, 1);
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void aRegistryThatKeepsFailingIsRetriedByConnect() {
        TributaryAvroConverter converter = converter();
        registry.answerNext(503, "busy");
        registry.answerNext(500, "{\"error_code\":50001,\"message\":\"The store is slow\"}");

        assertThatThrownBy(() -> converter.fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("The store is slow");
        assertThat(converter.fromConnectData("t", ORDER, struct(ORDER))).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void theNextUrlIsUsedIfOneDoesNotAnswer() {
        TributaryAvroConverter converter =
                converter(ConverterOptions.URL, "http://127.0.0.1:1," + registry.url(), ConverterOptions.RETRIES, "0");

        assertThat(converter.fromConnectData("t", ORDER, struct(ORDER))).startsWith(0, 0, 0, 0, 1);
        assertThatThrownBy(() -> converter(ConverterOptions.URL, "http://user:secret@127.0.0.1:1")
                        .fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("127.0.0.1:1")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void somethingThatIsNoRegistryIsNamed() {
        registry.answerNext(200, "<html>Hello</html>");

        assertThatThrownBy(() -> converter().fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is it a registry?");
    }

    @Test
    void withoutRegistrationTheSubjectMustHaveTheSchema() {
        TributaryAvroConverter converter = converter(ConverterOptions.AUTO_REGISTER, "false");

        assertThatThrownBy(() -> converter.fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t-value")
                .hasMessageContaining(ConverterOptions.AUTO_REGISTER);
        registry.add(
                "u-value",
                ToAvroSchema.of(ORDER, new SchemaOptions(false, false, true, false))
                        .toString());
        assertThat(converter.fromConnectData("u", ORDER, struct(ORDER))).startsWith(0, 0, 0, 0, 1);
        assertThat(registry.requests())
                .noneMatch(
                        request -> request.contains("versions?") || request.equals("POST /subjects/u-value/versions"));
    }

    @Test
    void forbiddenNamesAreExplainedOrChanged() {
        Schema schema = SchemaBuilder.struct()
                .name("my-shop.Value")
                .field("a-b", Schema.INT32_SCHEMA)
                .build();
        Struct struct = new Struct(schema).put("a-b", 1);

        assertThatThrownBy(() -> converter().fromConnectData("t", schema, struct))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("field.name.adjustment.mode=avro")
                .hasMessageContaining("schema.name.adjustment.mode=avro");
        assertThat(converter(ConverterOptions.SCRUB, "true").fromConnectData("t", schema, struct))
                .containsExactly(0, 0, 0, 0, 1, 2);
        assertThat(registry.schema(1)).contains("\"name\":\"a_b\"");
    }

    @Test
    void messagesAreReadWithTheirVersion() {
        TributaryAvroConverter converter = converter();
        registry.add("t-value", "\"long\"");
        byte[] message = converter.fromConnectData("t", ORDER, struct(ORDER));

        SchemaAndValue read = converter().toConnectData("t", message);
        SchemaAndValue elsewhere = converter().toConnectData("u", message);

        assertThat(read.schema()).isEqualTo(order().version(2).build());
        assertThat(((Struct) read.value()).get("note")).isEqualTo("ä");
        assertThat(elsewhere.schema()).isEqualTo(ORDER);
        assertThat(converter.toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
    }

    @Test
    void whatCannotBeReadIsExplained() {
        assertThatThrownBy(() -> converter().toConnectData("t", new byte[] {'{', '"', 'a', '"', ':', '1', '}'}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("zero and an id");
        assertThatThrownBy(() -> converter().toConnectData("t", MessageFormat.header(9)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There is no such thing");
        registry.add("t-value", "\"string\"");
        byte[] cut =
                ByteBuffer.allocate(6).put((byte) 0).putInt(1).put((byte) 40).array();
        assertThatThrownBy(() -> converter().toConnectData("t", cut))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic t");
    }

    @Test
    void valuesWithoutASchemaComeBack() {
        TributaryAvroConverter converter = converter();
        Map<String, Object> value = Map.of("a", List.of(1, 2L));

        byte[] message = converter.fromConnectData("t", null, value);

        assertThat(converter.toConnectData("t", message).value()).isEqualTo(value);
    }

    @Test
    void aRowOfAnotherConnectorIsConvertedAsWell() {
        Schema schema = SchemaBuilder.struct()
                .field("with", SchemaBuilder.int32().optional().defaultValue(3).build())
                .build();

        assertThat(converter().fromConnectData("t", schema, new Struct(schema))).endsWith(0, 6);
        assertThat(converter(ConverterOptions.NULLS, "true").fromConnectData("t", schema, new Struct(schema)))
                .endsWith(2);
    }

    @Test
    void aRedirectIsNotFollowed() {
        registry.answerNext(301, "");

        assertThatThrownBy(() -> converter().fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("redirects to");
    }

    @Test
    void anAnswerWithoutAnIdIsNotUnderstood() {
        registry.answerNext(200, "[1]");

        assertThatThrownBy(() -> converter().fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no valid id");
    }

    @Test
    void deniedAccessAndAWrongPathAreExplained() {
        registry.answerNext(401, "{\"error_code\":401,\"message\":\"Who are you?\"}");
        assertThatThrownBy(() -> converter().fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("basic.auth");
        registry.answerNext(404, "{\"error_code\":404,\"message\":\"No such path\"}");
        assertThatThrownBy(() -> converter().fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("/apis/ccompat/v7");
    }

    /** As Confluent's serializer writes it, so that a key of bytes has the same partition. */
    @Test
    void bytesAreAWholeMessage() {
        TributaryAvroConverter converter = converter(true);
        Schema decimal = Decimal.schema(1);

        assertThat(converter.fromConnectData("t", Schema.BYTES_SCHEMA, new byte[] {5, 6}))
                .containsExactly(0, 0, 0, 0, 1, 5, 6);
        byte[] message = converter.fromConnectData("u", decimal, new BigDecimal("12.8"));
        assertThat(message).containsExactly(0, 0, 0, 0, 2, 0, (byte) 128);
        assertThat(converter.toConnectData("u", message).value()).isEqualTo(new BigDecimal("12.8"));
        assertThat(converter.fromConnectData("v", Schema.OPTIONAL_BYTES_SCHEMA, new byte[] {5}))
                .endsWith(2, 2, 5);
    }

    @Test
    void moreSchemasThanTheCacheHoldsAreNotAskedForAgain() {
        TributaryAvroConverter converter = converter(ConverterOptions.CACHE, "2");

        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                converter.fromConnectData("t" + i, ORDER, struct(ORDER));
            }
        }

        assertThat(registry.requests()).hasSize(5);
    }

    @Test
    void namesWithSeveralPartsAreScrubbed() {
        Schema schema = SchemaBuilder.struct().name("my-shop.a b.Value").build();

        converter(ConverterOptions.SCRUB, "true").fromConnectData("t", schema, new Struct(schema));

        assertThat(registry.schema(1)).contains("\"namespace\":\"my_shop.a_b\"");
    }

    @Test
    void connectFindsTheConverter() {
        assertThat(ServiceLoader.load(Converter.class)).hasAtLeastOneElementOfType(TributaryAvroConverter.class);
        assertThat(converter().config().names()).contains(ConverterOptions.URL);
        assertThat(converter().version()).isNotEmpty();
    }
}
