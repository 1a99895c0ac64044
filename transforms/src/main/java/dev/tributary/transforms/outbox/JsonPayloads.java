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
 * Expands JSON into structs and derives their schemas, once per shape while the shape is cached.
 *
 * <p>An object becomes a struct that is named after the path to it, as in Debezium. All fields are optional. The
 * elements of an array have one schema that all of them fit: objects get the fields of all of them, numbers the widest
 * type. If Connect's types cannot hold the JSON, it is not changed to fit: the payload stays text.
 */
public final class JsonPayloads {

    private final String name;
    private final boolean keepNulls;
    private final boolean inferSchemas;
    private final BoundedMap<Shape, Optional<KnownShapeReader>> known;
    private final BoundedCache<String, Guess> guesses = new BoundedCache<>(kind -> new Guess());

    /**
     * @param name of the outermost struct
     * @param keepNulls whether a null, or an array of nothing but nulls, is kept as optional bytes instead of being
     *     left out: its type is unknown
     * @param inferSchemas false for maps and lists, as in the JSON
     * @param cachedFields how many fields the schemas can have together that are remembered
     */
    public JsonPayloads(String name, boolean keepNulls, boolean inferSchemas, long cachedFields) {
        this.known = new BoundedMap<>(Shape::fields, cachedFields);
        this.name = name;
        this.keepNulls = keepNulls;
        this.inferSchemas = inferSchemas;
    }

    boolean infersSchemas() {
        return inferSchemas;
    }

    /**
     * @param kind what payloads of one shape have in common, if anything; used to guess their shape
     * @param schemas whether the result can have a schema at all
     * @throws UnexpandableException if the payload must stay as it is
     */
    SchemaAndValue expand(Object payload, String kind, boolean schemas) {
        if (!(payload instanceof String text)) {
            throw new UnexpandableException("is not text");
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
        return found.orElseThrow(() -> new UnexpandableException("is an array whose element type is unknown"));
    }

    /** Source: {@code ConnectSchema.schemaType} in Kafka, which has no class for such numbers. */
    private static void checkIntegers(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            map.values().forEach(JsonPayloads::checkIntegers);
        } else if (json instanceof List<?> list) {
            list.forEach(JsonPayloads::checkIntegers);
        } else if (json instanceof BigInteger) {
            throw new UnexpandableException("has an integer beyond 64 bits, which needs a schema");
        }
    }

    private @Nullable Schema schema(@Nullable String path, Shape shape) {
        if (shape instanceof Shape.Fields fields) {
            return struct(path, fields);
        }
        if (shape instanceof Shape.Elements elements) {
            // An array inside an array has no path.
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

    /** Converts a scalar to a schema that is at least as wide. */
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
            // Put before it is filled: put validates everything below, and would do so again at each level.
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
            throw new UnexpandableException("has a number that float64 cannot hold");
        }
        return nearest;
    }

    /**
     * The probable shape of the next payload of a kind. A wrong guess costs more than none, so each one raises the
     * number of equal shapes that are needed for the next.
     */
    private static final class Guess {

        private static final int MAX_NEEDED = 1024;

        private @Nullable KnownShapeReader last;
        private int alike;
        private int needed = 1;

        /** Null if not enough of the last payloads had the same shape. */
        @Nullable
        KnownShapeReader shape() {
            return alike >= needed ? last : null;
        }

        void wasRight() {
            needed = 1;
        }

        @SuppressWarnings("ReferenceEquality") // there is one reader per shape
        void learn(KnownShapeReader found, boolean wasWrong) {
            if (wasWrong) {
                needed = Math.min(needed * 2, MAX_NEEDED);
            }
            alike = found == last && !wasWrong ? alike + 1 : 0;
            last = found;
        }
    }
}
