// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.avro.registry.Registry;
import dev.tributary.row.AvroBytes;
import dev.tributary.version.Version;
import dev.tributary.version.WorkerRelease;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * A faster Avro converter: it has the options of Confluent's {@code AvroConverter}, makes the same Avro schemas, and
 * writes the same messages, for any registry with Confluent's REST API.
 *
 * <p>A writer compiled from the schema writes a value straight to bytes. A row of this connector that no transformation
 * has changed is written from the bytes that Postgres sent; structs of other connectors and transformations work as
 * well. The registry is asked once per schema.
 *
 * <p>Safe for use by several threads.
 */
public final class TributaryAvroConverter implements Converter, Versioned {

    /** A larger buffer is not reused, so that a single huge row does not occupy memory permanently. */
    private static final int LARGEST_KEPT_BUFFER = 1 << 20;

    private final AtomicReference<@Nullable AvroBytes> spare = new AtomicReference<>();
    private @Nullable PreparedSchemas schemas;
    private @Nullable MessageReader reader;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return ConverterOptions.definition();
    }

    /**
     * Configures the converter; sends no request.
     *
     * @throws org.apache.kafka.common.config.ConfigException if an option is invalid
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        WorkerRelease.require();
        ConverterOptions options = ConverterOptions.of(configs);
        Registry registry = new Registry(RegistryAccess.of(options));
        schemas = new PreparedSchemas(isKey, options, new RegisteredSchemas(registry, options));
        reader = new MessageReader(registry, isKey, options);
    }

    /**
     * The message for a value.
     *
     * @throws DataException if the value is not of the schema, or if Avro or the registry refuses the schema
     * @throws org.apache.kafka.connect.errors.RetriableException if the registry does not answer
     */
    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        if (schemas == null) {
            throw new IllegalStateException("The converter is not configured");
        }
        if (value == null) {
            if (schema != null && !schema.isOptional()) {
                throw new DataException("A record of topic " + topic + " is null, but its schema is not optional");
            }
            return null;
        }
        PreparedSchema prepared = schemas.of(topic, schema);
        AvroBytes kept = spare.getAndSet(null);
        AvroBytes avro = kept == null ? new AvroBytes() : kept;
        avro.clear();
        try {
            prepared.write(value, avro);
            return avro.copyFrom(0);
        } catch (DataException e) {
            throw new DataException("A record of topic " + topic + " cannot be written. " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new DataException("A record of topic " + topic + " is not of its schema: " + e, e);
        } finally {
            if (avro.capacity() <= LARGEST_KEPT_BUFFER) {
                spare.set(avro);
            }
        }
    }

    @Override
    public byte @Nullable [] fromConnectData(
            String topic, Headers headers, @Nullable Schema schema, @Nullable Object value) {
        return fromConnectData(topic, schema, value);
    }

    /**
     * The value of a message that this converter or Confluent's has written, or any other producer with the registry.
     *
     * @throws DataException if it is malformed, or the registry does not have its schema
     * @throws org.apache.kafka.connect.errors.RetriableException if the registry does not answer
     */
    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        if (reader == null) {
            throw new IllegalStateException("The converter is not configured");
        }
        return value == null ? SchemaAndValue.NULL : reader.read(topic, value);
    }
}
