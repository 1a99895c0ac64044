// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that are written in the latest version of a subject. */
class LatestVersionTest {

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
        TributaryAvroConverter converter = new TributaryAvroConverter();
        converter.configure(configs(options), false);
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
    void recordsCanBeWrittenInTheLatestVersion() {
        registry.add(
                "t-value",
                "{'type':'record','name':'V','fields':[{'name':'more','type':'int','default':5},{'name':'note','type':['string','null'],'default':''},{'name':'id','type':'long'}]}"
                        .replace('\'', '"'));
        TributaryAvroConverter converter = converter(
                ConverterOptions.AUTO_REGISTER,
                "false",
                ConverterOptions.USE_LATEST,
                "true",
                ConverterOptions.LATEST_STRICT,
                "false");

        byte[] message = Objects.requireNonNull(converter.fromConnectData("t", ORDER, struct(ORDER)));

        GenericRecord record = (GenericRecord) AvroOracle.read(
                RegisteredSchemas.parsed(registry.schema(1)),
                java.util.Arrays.copyOfRange(message, MessageFormat.HEADER, message.length));
        assertThat(record.toString()).isEqualTo("{\"more\": 5, \"note\": \"ä\", \"id\": 7}");
    }

    @Test
    void theLatestVersionMustReadTheRecords() {
        registry.add(
                "t-value", "{'type':'record','name':'V','fields':[{'name':'id','type':'string'}]}".replace('\'', '"'));

        assertThatThrownBy(() -> converter(ConverterOptions.AUTO_REGISTER, "false", ConverterOptions.USE_LATEST, "true")
                        .fromConnectData("t", ORDER, struct(ORDER)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("field id was string and is long")
                .hasMessageContaining("field note was added");
    }

    @Test
    void aVersionWithRulesIsNotWritten() {
        registry.answerNext(
                200,
                "{\"id\":1,\"version\":1,\"schema\":\"\\\"long\\\"\",\"ruleSet\":{\"domainRules\":[{\"name\":\"encrypt\"}]}}");

        assertThatThrownBy(() -> converter(ConverterOptions.AUTO_REGISTER, "false", ConverterOptions.USE_LATEST, "true")
                        .fromConnectData("t", Schema.INT64_SCHEMA, 1L))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rules");
    }

    @Test
    void aDecimalIsNotWrittenWithAnotherScale() {
        registry.add(
                "t-value",
                "{'type':'record','name':'V','fields':[{'name':'d','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':4}}]}"
                        .replace('\'', '"'));
        Schema schema =
                SchemaBuilder.struct().name("V").field("d", Decimal.schema(2)).build();
        Struct struct = new Struct(schema).put("d", new BigDecimal("1.25"));

        assertThatThrownBy(() -> converter(ConverterOptions.AUTO_REGISTER, "false", ConverterOptions.USE_LATEST, "true")
                        .fromConnectData("t", schema, struct))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("scale 2 cannot be written with scale 4");
    }

    @Test
    void numbersBecomeWiderInTheLatestVersion() {
        registry.add("t-value", "\"double\"");

        assertThat(converter(ConverterOptions.AUTO_REGISTER, "false", ConverterOptions.USE_LATEST, "true")
                        .fromConnectData("t", Schema.INT32_SCHEMA, 1))
                .containsExactly(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xF0, 0x3F);
    }
}
