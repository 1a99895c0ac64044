// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.avro.AvroOracle;
import dev.tributary.avro.TestRegistry;
import dev.tributary.avro.TributaryAvroConverter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/** The Avro messages of a record's key and value, each with its schema. */
final class AvroForm {

    private static final int HEADER = 5;
    private static final String NOTHING = "nothing";

    /** Lives as long as the tests. */
    private static final TestRegistry REGISTRY = new TestRegistry();

    private final Converter keys = converter(true);
    private final Converter values = converter(false);
    private final AvroOracle oracle = new AvroOracle(false, true);

    private static Converter converter(boolean isKey) {
        Converter converter = new TributaryAvroConverter();
        converter.configure(Map.of("schema.registry.url", REGISTRY.url()), isKey);
        return converter;
    }

    /** Written by our converter, which writes a row from the server's bytes as long as no field of it has been read. */
    List<String> ofTributary(SourceRecord record) {
        return List.of(
                written(keys, record.topic(), record.keySchema(), record.key()),
                written(values, record.topic(), record.valueSchema(), record.value()));
    }

    private static String written(Converter converter, String topic, @Nullable Schema schema, @Nullable Object value) {
        try {
            byte[] message = converter.fromConnectData(topic, schema, value);
            if (message == null) {
                return NOTHING;
            }
            String avro = REGISTRY.schema(ByteBuffer.wrap(message).getInt(1));
            return text(avro, Arrays.copyOfRange(message, HEADER, message.length));
        } catch (DataException e) {
            return "refused";
        }
    }

    /** Written by the oracle. */
    List<String> ofOracle(SourceRecord record) {
        return List.of(expected(record.keySchema(), record.key()), expected(record.valueSchema(), record.value()));
    }

    private String expected(@Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return NOTHING;
        }
        try {
            return text(oracle.schema(schema).toString(), oracle.bytes(schema, value));
        } catch (AvroRuntimeException | DataException e) {
            return "refused";
        }
    }

    /** The oracle brings the entries of a map into another order, so what Avro's reader makes of them is compared. */
    private static String text(String schema, byte[] bytes) {
        String value = schema.contains("\"type\":\"map\"")
                ? String.valueOf(AvroOracle.read(new org.apache.avro.Schema.Parser().parse(schema), bytes)
                        .hashCode())
                : HexFormat.of().formatHex(bytes);
        return schema + ' ' + value;
    }
}
