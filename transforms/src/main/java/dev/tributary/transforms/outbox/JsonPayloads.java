// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.BoundedMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Makes structs of JSON, and their schemas: once per shape, as long as that is remembered.
 *
 * <p>An object is a struct; its name is the path to it, as Debezium has it. All fields are optional. Elements of an array have
 * one schema that all of them fit: objects the fields of all, numbers the widest type. Nothing that Connect's types cannot
 * hold is bent to fit: the payload stays text.
 */
public final class JsonPayloads {

    private final String name;
    private final boolean keepNulls;
    private final boolean inferSchemas;
    private final Map<Shape, Optional<KnownShapeReader>> known = new BoundedMap<>(BoundedCache.BOUND);
    private final BoundedCache<String, Guess> guesses = new BoundedCache<>(kind -> new Guess());

    /**
     * @param name of the outermost struct
     * @param keepNulls whether a field that is null, or an array that has nothing but nulls, is kept as optional bytes, and
     *     not left out: it does not say its type
     * @param inferSchemas false for maps and lists, just as the JSON has them
     */
    public JsonPayloads(String name, boolean keepNulls, boolean inferSchemas) {
        this.name = name;
        this.keepNulls = keepNulls;
        this.inferSchemas = inferSchemas;
    }

    boolean infersSchemas() {
        return inferSchemas;
    }

    /**
     * @param kind what payloads of one shape have in common, if anything: their shape is guessed by it
     * @param schemas whether it can have a schema at all
     * @throws UnexpandableException if it has to stay as it is
     */
    SchemaAndValue expand(Object payload, String kind, boolean schemas) {
        if (!(payload instanceof String text)) {
            throw new UnexpandableException("is no text");
        }
        if (schemas && inferSchemas) {
            return withSchema(text, guesses.get(kind));
        }
        Object json = JsonReader.read(text);
        checkIntegers(json);
        return new SchemaAndValue(null, json);
    }

    private SchemaAndValue withSchema(String text, Guess guess) {
        KnownShapeReader guessed = guess.shape();
        Optional<Object> asGuessed = guessed == null ? Optional.empty() : guessed.read(text);
        if (guessed != null && asGuessed.isPresent()) {
            guess.wasRight();
            return new SchemaAndValue(guessed.schema(), asGuessed.get());
        }
        Object json = JsonReader.read(text);
        KnownShapeReader found = familiar(Shape.of(json));
        guess.learn(found, guessed != null);
        return new SchemaAndValue(found.schema(), value(json, found.schema()));
    }

    private KnownShapeReader familiar(Shape shape) {
        Optional<KnownShapeReader> found = known.get(shape);
        if (found == null) {
            found = Optional.ofNullable(schema(name, shape)).map(schema -> new KnownShapeReader(shape, schema));
            known.put(shape, found);
        }
        return found.orElseThrow(
                () -> new UnexpandableException("is an array that does not say the type of its elements"));
    }

    /** Source: {@code ConnectSchema.schemaType} in Kafka, which knows no class for them. */
    private static void checkIntegers(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            map.values().forEach(JsonPayloads::checkIntegers);
        } else if (json instanceof List<?> list) {
            list.forEach(JsonPayloads::checkIntegers);
        } else if (json instanceof BigInteger) {
            throw new UnexpandableException("has a whole number beyond 64 bits, which needs a schema");
        }
    }

    private @Nullable Schema schema(@Nullable String path, Shape shape) {
        if (shape instanceof Shape.Fields fields) {
            return struct(path, fields);
        }
        if (shape instanceof Shape.Elements elements) {
            // An array within an array has no path.
            Schema element = schema(elements.element() instanceof Shape.Fields ? path : null, elements.element());
            return element == null
                    ? null
                    : SchemaBuilder.array(element).optional().build();
        }
        return switch ((Shape.Scalar) shape) {
            case NOTHING -> keepNulls ? Schema.OPTIONAL_BYTES_SCHEMA : null;
            case TEXT -> Schema.OPTIONAL_STRING_SCHEMA;
            case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
            case INT32 -> Schema.OPTIONAL_INT32_SCHEMA;
            case INT64 -> Schema.OPTIONAL_INT64_SCHEMA;
            case INTEGER -> Decimal.builder(0).optional().build();
            case FLOAT64 -> Schema.OPTIONAL_FLOAT64_SCHEMA;
        };
    }

    private Schema struct(@Nullable String path, Shape.Fields fields) {
        SchemaBuilder builder = SchemaBuilder.struct().name(path).optional();
        for (int i = 0; i < fields.names().size(); i++) {
            String field = fields.names().get(i);
            if (field.isEmpty()) {
                throw new UnexpandableException("has a field without a name");
            }
            Schema schema = schema(
                    path == null || path.isBlank() ? field : path + "." + field,
                    fields.shapes().get(i));
            if (schema != null) {
                builder.field(field, schema);
            }
        }
        return builder.build();
    }

    private static Object value(Object json, Schema schema) {
        return switch (schema.type()) {
            case STRUCT -> fill(new Struct(schema), (Map<?, ?>) json);
            case ARRAY -> fill(new ArrayList<>(((List<?>) json).size()), (List<?>) json, schema.valueSchema());
            default -> fit(json, schema);
        };
    }

    /** A scalar as a schema that is as wide as it, or wider, has it. */
    static Object fit(Object json, Schema schema) {
        return switch (schema.type()) {
            case INT64 -> ((Number) json).longValue();
            case FLOAT64 -> fraction((Number) json);
            case BYTES ->
                new BigDecimal(json instanceof BigInteger big ? big : BigInteger.valueOf(((Number) json).longValue()));
            default -> json;
        };
    }

    private static Struct fill(Struct struct, Map<?, ?> json) {
        for (Field field : struct.schema().fields()) {
            Object part = json.get(field.name());
            if (part == null) {
                continue;
            }
            // Put first and filled then: put checks all that lies below, and would do so again at each level.
            switch (field.schema().type()) {
                case STRUCT -> {
                    Struct inner = new Struct(field.schema());
                    struct.put(field, inner);
                    fill(inner, (Map<?, ?>) part);
                }
                case ARRAY -> {
                    List<?> elements = (List<?>) part;
                    List<@Nullable Object> inner = new ArrayList<>(elements.size());
                    struct.put(field, inner);
                    fill(inner, elements, field.schema().valueSchema());
                }
                default -> struct.put(field, value(part, field.schema()));
            }
        }
        return struct;
    }

    private static List<@Nullable Object> fill(List<@Nullable Object> list, List<?> json, Schema element) {
        for (int i = 0; i < json.size(); i++) {
            Object part = json.get(i);
            list.add(part == null ? null : value(part, element));
        }
        return list;
    }

    private static Double fraction(Number number) {
        double nearest = number.doubleValue();
        if (Double.isInfinite(nearest)) {
            throw new UnexpandableException("has a number that no float64 can hold");
        }
        return nearest;
    }

    /** What shape the next payload of a kind has, it seems. A wrong guess costs more than none, so it is made warily. */
    private static final class Guess {

        private static final int MOST_NEEDED = 1024;

        private @Nullable KnownShapeReader last;
        private int alike;
        private int needed = 1;

        /** Null if the last ones were not alike for long enough. */
        @Nullable
        KnownShapeReader shape() {
            return alike >= needed ? last : null;
        }

        void wasRight() {
            needed = 1;
        }

        @SuppressWarnings("ReferenceEquality") // there is one per shape
        void learn(KnownShapeReader found, boolean wasWrong) {
            if (wasWrong) {
                needed = Math.min(needed * 2, MOST_NEEDED);
            }
            alike = found == last && !wasWrong ? alike + 1 : 0;
            last = found;
        }
    }
}
