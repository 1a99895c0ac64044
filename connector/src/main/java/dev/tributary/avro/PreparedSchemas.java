// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.avro.RegisteredSchemas.Registered;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Prepares schemas when their first record comes, and keeps the most recent ones. It looks up a schema by identity
 * first, because a source reuses its schemas, and comparing two schemas takes longer than writing a row.
 *
 * <p>A schema that cannot be prepared is refused for some seconds without asking the registry again, because with
 * {@code errors.tolerance=all} each of its records comes here.
 */
final class PreparedSchemas {

    private static final Duration REFUSED_FOR = Duration.ofSeconds(10);

    private final boolean isKey;
    private final SubjectNames subjects;
    private final SchemaOptions options;
    private final RegisteredSchemas registered;
    private final Writers writers;
    private final int capacity;
    private final IdentityHashMap<Object, PreparedSchema> byIdentity = new IdentityHashMap<>();
    private final Map<Place, PreparedSchema> byValue = new Recent<>();
    private final Map<Place, Refusal> refusals = new Recent<>();

    /** What a schema is prepared for; values without a schema have none. */
    private record Place(String topic, @Nullable Schema schema) {}

    /** Why a schema was refused, and until when this is repeated, by {@link System#nanoTime}. */
    private record Refusal(DataException reason, long until) {}

    /** Keeps the entries that were used last. */
    private final class Recent<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
        }
    }

    PreparedSchemas(boolean isKey, ConverterOptions options, RegisteredSchemas registered) {
        this.isKey = isKey;
        this.subjects = options.subjects(isKey);
        this.options = options.schemas();
        this.registered = registered;
        this.writers = new Writers(this.options);
        this.capacity = Math.max(1, options.getInt(ConverterOptions.CACHE));
    }

    /**
     * The prepared schema.
     *
     * @param schema the schema of the records; null if they have none
     * @throws DataException if Avro or the registry refuses it
     * @throws org.apache.kafka.connect.errors.RetriableException if the registry does not answer
     */
    synchronized PreparedSchema of(String topic, @Nullable Schema schema) {
        Object identity = schema == null ? this : schema;
        PreparedSchema known = byIdentity.get(identity);
        if (known != null && known.topic().equals(topic)) {
            return known;
        }
        Place place = new Place(topic, schema);
        PreparedSchema prepared = byValue.get(place);
        if (prepared == null) {
            prepared = prepared(place);
            byValue.put(place, prepared);
        }
        if (byIdentity.size() >= capacity) {
            byIdentity.clear();
        }
        byIdentity.put(identity, prepared);
        return prepared;
    }

    private PreparedSchema prepared(Place place) {
        Refusal refusal = refusals.get(place);
        if (refusal != null && System.nanoTime() - refusal.until() < 0) {
            throw new DataException(refusal.reason().getMessage(), refusal.reason());
        }
        try {
            PreparedSchema prepared = asked(place);
            refusals.remove(place);
            return prepared;
        } catch (DataException e) {
            refusals.put(place, new Refusal(e, System.nanoTime() + REFUSED_FOR.toNanos()));
            throw e;
        }
    }

    private PreparedSchema asked(Place place) {
        Schema schema = place.schema();
        org.apache.avro.Schema avro = schema == null ? Anything.SCHEMA : translated(place.topic(), schema);
        String subject = subjects.of(place.topic(), isKey, avro);
        Registered target = registered.of(subject, avro);
        if (schema == null) {
            return new PreparedSchema(place.topic(), target.id(), null);
        }
        try {
            return new PreparedSchema(place.topic(), target.id(), writers.ofMessages(schema, target.schema()));
        } catch (DataException e) {
            throw new DataException(
                    "Records cannot be written in the schema of subject " + subject + ": " + e.getMessage(), e);
        }
    }

    private org.apache.avro.Schema translated(String topic, Schema schema) {
        try {
            return ToAvroSchema.of(schema, options);
        } catch (AvroRuntimeException e) {
            throw new DataException(
                    "Avro has no schema for the " + (isKey ? "keys" : "values") + " of topic " + topic + ": "
                            + Objects.requireNonNullElse(e.getMessage(), e.toString())
                            + ". If a name is forbidden, set field.name.adjustment.mode=avro for names of columns or "
                            + "schema.name.adjustment.mode=avro for those of schemas, tables and the topic prefix "
                            + "in the connector, or " + ConverterOptions.SCRUB + "=true in the converter",
                    e);
        }
    }
}
