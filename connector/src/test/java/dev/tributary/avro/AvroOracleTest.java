// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.row.AvroBytes;
import java.util.SplittableRandom;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random schemas and values, in comparison with Apicurio's converter. */
class AvroOracleTest {

    /** {@code -Dtributary.avro.cases=60000} for a longer run. */
    private static final int SCHEMAS = Integer.getInteger("tributary.avro.cases", 2_000);

    private static final int VALUES = 3;

    private final long seed = Long.getLong("tributary.seed", System.nanoTime());

    @ParameterizedTest
    @CsvSource({"true, true", "false, true", "true, false", "false, false"})
    void schemasAndBytesAreThoseOfTheOracle(boolean enhanced, boolean metadata) {
        System.out.println("AvroOracleTest seed " + seed);
        SchemaOptions options = new SchemaOptions(enhanced, false, metadata, false);
        RandomAvroData random = new RandomAvroData(new SplittableRandom(seed), enhanced);

        for (int i = 0; i < SCHEMAS / 4; i++) {
            Schema schema = random.schema(3);
            AvroOracle oracle = new AvroOracle(enhanced, metadata);
            org.apache.avro.Schema avro = ToAvroSchema.of(schema, options);
            assertThat(avro.toString()).isEqualTo(oracle.schema(schema).toString());
            NullableWriter writer = new Writers(options).of(schema, avro);
            for (int j = 0; j < VALUES; j++) {
                Object value = random.nullable(schema);
                if (value != null) {
                    byte[] bytes = written(writer, value);
                    byte[] expected = oracle.bytes(schema, value);
                    if (avro.toString().contains("\"map\"") || avro.toString().contains("MapEntry")) {
                        // The oracle brings the entries of a map into another order.
                        assertThat(bytes).hasSameSizeAs(expected);
                    } else {
                        assertThat(bytes).isEqualTo(expected);
                    }
                    assertReads(oracle, options, avro, bytes);
                }
            }
        }
    }

    private static byte[] written(NullableWriter writer, Object value) {
        AvroBytes avro = new AvroBytes();
        writer.write(value, avro);
        return avro.copyFrom(0);
    }

    /** The way back. */
    private static void assertReads(
            AvroOracle oracle, SchemaOptions options, org.apache.avro.Schema avro, byte[] bytes) {
        Object read = AvroOracle.read(avro, bytes);
        Integer version = options.metadata() ? 7 : null; // a logical type has another one, which metadata would say
        SchemaAndValue expected = oracle.toConnect(avro, read, version);

        Schema schema = ToConnectSchema.of(avro, options, version);
        Object value = new ToConnectValue(options).of(schema, avro, read);

        assertThat(schema).isEqualTo(expected.schema());
        assertThat(value).isEqualTo(expected.value());
    }

    @Test
    void valuesWithoutASchemaAreWrittenAsTheOracleWritesThem() {
        AvroOracle oracle = new AvroOracle(false, true);
        Object value = java.util.Arrays.asList(1, 2L, "three", 4.0, 5f, true, null, java.util.Map.of("six", (byte) 6));
        AvroBytes avro = new AvroBytes();

        Anything.write(value, avro);

        assertThat(Anything.SCHEMA.toString()).isEqualTo(oracle.schema(null).toString());
        assertThat(avro.copyFrom(0)).isEqualTo(oracle.bytes(null, value));
        Object read = AvroOracle.read(Anything.SCHEMA, avro.copyFrom(0));
        assertThat(Anything.value((org.apache.avro.generic.IndexedRecord) read))
                .isEqualTo(oracle.toConnect(Anything.SCHEMA, read, null).value());
    }
}
