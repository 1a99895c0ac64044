// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import io.apicurio.registry.serde.avro.NonRecordContainer;
import io.apicurio.registry.utils.converter.avro.AvroData;
import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/** What Apicurio's converter, whose translation descends from Confluent's, makes of schemas and values. */
public final class AvroOracle {

    private final AvroData data;

    /** @param enhanced {@code enhanced.avro.schema.support} */
    public AvroOracle(boolean enhanced, boolean metadata) {
        this.data = new AvroData(new AvroDataConfig.Builder()
                .with(AvroDataConfig.SCHEMAS_CACHE_SIZE_CONFIG, 1_000)
                .with(AvroDataConfig.ENHANCED_AVRO_SCHEMA_SUPPORT_CONFIG, enhanced)
                .with(AvroDataConfig.CONNECT_META_DATA_CONFIG, metadata)
                .build());
    }

    /** The Avro schema of a Connect schema. */
    public org.apache.avro.Schema schema(@Nullable Schema schema) {
        return data.fromConnectSchema(schema);
    }

    /** The binary form of a value. */
    public byte[] bytes(@Nullable Schema schema, Object value) {
        Object datum = data.fromConnectData(schema, value);
        Object unwrapped = datum instanceof NonRecordContainer<?> container ? container.getValue() : datum;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema(schema)).write(unwrapped, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What Avro's own reader makes of the binary form of a value. */
    public static Object read(org.apache.avro.Schema schema, byte[] bytes) {
        try {
            return new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Connect schema and value of an Avro value. */
    SchemaAndValue toConnect(org.apache.avro.Schema schema, Object value, @Nullable Integer version) {
        return data.toConnectData(schema, value, version);
    }
}
