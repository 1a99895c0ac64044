// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import dev.tributary.row.JsonText;
import dev.tributary.version.Version;
import dev.tributary.version.WorkerRelease;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.DecimalFormat;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.ConverterConfig;
import org.apache.kafka.connect.storage.ConverterType;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.jspecify.annotations.Nullable;

/**
 * A faster {@code JsonConverter}: it has the same options and writes the same JSON, byte for byte.
 *
 * <p>A writer compiled from the schema writes a value straight to bytes. A row of this connector that no transformation
 * has changed is written from the bytes that Postgres sent; structs of other connectors and transformations work as
 * well. The first value of every schema is also written by {@code JsonConverter}, and the compiled writer is used only
 * if both agree. {@code JsonConverter} handles everything else: values without a schema, errors, and reading.
 *
 * <p>Safe for use by several threads.
 */
public final class TributaryJsonConverter implements Converter, HeaderConverter, Versioned {

    /** A larger buffer is not reused, so that a single huge row does not occupy memory permanently. */
    private static final int LARGEST_KEPT_BUFFER = 1 << 20;

    private final JsonConverter connect = new JsonConverter();
    private final AtomicReference<@Nullable JsonText> spare = new AtomicReference<>();
    private @Nullable SchemaWriters writers;
    private boolean decimalsAreNumbers;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return connect.config();
    }

    /** @param configs the options of {@code JsonConverter}, including {@code converter.type} */
    @Override
    public void configure(Map<String, ?> configs) {
        WorkerRelease.require();
        connect.configure(configs);
        JsonConverterConfig config = new JsonConverterConfig(configs);
        decimalsAreNumbers = config.decimalFormat() == DecimalFormat.NUMERIC;
        writers = new SchemaWriters(
                new JsonWriters(config.decimalFormat(), config.replaceNullWithDefault()),
                config.schemasEnabled(),
                config.schemaCacheSize());
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Map<String, Object> typed = new HashMap<>(configs);
        typed.put(ConverterConfig.TYPE_CONFIG, (isKey ? ConverterType.KEY : ConverterType.VALUE).getName());
        configure(typed);
    }

    /** @throws org.apache.kafka.connect.errors.DataException if the value is not of the schema */
    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        if (schema == null || writers == null) {
            return connect.fromConnectData(topic, schema, value);
        }
        SchemaWriter writer = writers.of(schema);
        boolean trusted = writer.isTrusted();
        byte[] json = written(writer, trusted, value);
        if (json != null && trusted) {
            return json;
        }
        byte[] expected = connect.fromConnectData(topic, schema, value);
        if (json != null && expected != null && !trusted) {
            writer.compare(json, expected);
        }
        return expected;
    }

    /** Whether values of a schema are now written by a compiled writer. */
    boolean isTrusted(Schema schema) {
        return writers != null && writers.of(schema).isTrusted();
    }

    @Override
    public byte @Nullable [] fromConnectData(
            String topic, Headers headers, @Nullable Schema schema, @Nullable Object value) {
        return fromConnectData(topic, schema, value);
    }

    /** Null if Connect's own converter must write the value or report the error. */
    private byte @Nullable [] written(SchemaWriter writer, boolean whole, @Nullable Object value) {
        if (writer.isGivenUp()) {
            return null;
        }
        JsonText kept = spare.getAndSet(null);
        JsonText text = kept == null ? new JsonText(decimalsAreNumbers) : kept;
        text.clear();
        try {
            return writer.write(value, whole, text);
        } catch (RuntimeException e) {
            return null;
        } finally {
            if (text.capacity() <= LARGEST_KEPT_BUFFER) {
                spare.set(text);
            }
        }
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        return connect.toConnectData(topic, value);
    }

    @Override
    public byte @Nullable [] fromConnectHeader(
            String topic, String headerKey, @Nullable Schema schema, @Nullable Object value) {
        return fromConnectData(topic, schema, value);
    }

    @Override
    public SchemaAndValue toConnectHeader(String topic, String headerKey, byte @Nullable [] value) {
        return connect.toConnectData(topic, value);
    }

    @Override
    public void close() {
        connect.close();
    }
}
