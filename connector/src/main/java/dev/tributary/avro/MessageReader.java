// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.avro.registry.Registry;
import dev.tributary.avro.registry.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Reads messages with the schemas that the registry has for them. */
final class MessageReader {

    private final Registry registry;
    private final SchemaOptions options;
    private final boolean isKey;
    private final SubjectNames subjects;
    private final ToConnectValue values;
    private final Map<Place, Known> known;

    /** Where a schema was used; its version depends on the topic. */
    private record Place(int id, String topic) {}

    /**
     * A schema in both forms.
     *
     * @param avro what messages are written in
     * @param connect its translation; null for values without a schema
     */
    private record Known(
            org.apache.avro.Schema avro, @Nullable Schema connect) {}

    MessageReader(Registry registry, boolean isKey, ConverterOptions options) {
        this.registry = registry;
        this.isKey = isKey;
        this.options = options.schemas();
        this.subjects = options.subjects(isKey);
        this.values = new ToConnectValue(this.options);
        int capacity = Math.max(1, options.getInt(ConverterOptions.CACHE));
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Place, Known> eldest) {
                return size() > capacity;
            }
        };
    }

    /**
     * Reads a message.
     *
     * @throws DataException if it is malformed, or the registry does not have its schema
     * @throws RetriableException if the registry does not answer
     */
    SchemaAndValue read(String topic, byte[] message) {
        Known schema = schema(new Place(MessageFormat.idOf(message), topic));
        try {
            Object value = value(schema.avro(), message);
            Schema connect = schema.connect();
            return connect == null
                    ? new SchemaAndValue(null, Anything.value((IndexedRecord) value))
                    : new SchemaAndValue(connect, values.of(connect, schema.avro(), value));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NullPointerException e) {
            throw new DataException("A message of topic " + topic + " is not of its schema: " + e.getMessage(), e);
        }
    }

    /** A message that consists of bytes has no length. */
    private static Object value(org.apache.avro.Schema avro, byte[] message) throws IOException {
        int length = message.length - MessageFormat.HEADER;
        return avro.getType() == org.apache.avro.Schema.Type.BYTES
                ? ByteBuffer.wrap(Arrays.copyOfRange(message, MessageFormat.HEADER, message.length))
                : new GenericDatumReader<Object>(avro)
                        .read(null, DecoderFactory.get().binaryDecoder(message, MessageFormat.HEADER, length, null));
    }

    private synchronized Known schema(Place place) {
        Known schema = known.get(place);
        if (schema == null) {
            schema = asked(place);
            known.put(place, schema);
        }
        return schema;
    }

    private Known asked(Place place) {
        try {
            org.apache.avro.Schema avro = RegisteredSchemas.parsed(registry.schema(place.id()));
            if (avro.equals(Anything.SCHEMA)) {
                return new Known(avro, null);
            }
            OptionalInt version = registry.versionOf(place.id(), subjects.of(place.topic(), isKey, avro));
            return new Known(
                    avro, ToConnectSchema.of(avro, options, version.isPresent() ? (Integer) version.getAsInt() : null));
        } catch (RegistryException e) {
            throw e.isTransient()
                    ? new RetriableException(e.getMessage(), e)
                    : new DataException(
                            "The schema of a message of topic " + place.topic() + " cannot be had: " + e.getMessage(),
                            e);
        }
    }
}
