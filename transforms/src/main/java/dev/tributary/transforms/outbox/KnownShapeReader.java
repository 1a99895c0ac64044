// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of a known shape directly into structs and lists. Determining the shape of a text costs more than
 * everything else, and most messages have the shape of the previous one.
 *
 * <p>Each {@code fill} returns whether the value has exactly the known shape. For an array, this is known only at its
 * end: nulls and narrower numbers fit, but one element must be as wide as the shape.
 */
final class KnownShapeReader {

    private final Schema schema;
    private final Part whole;

    /** @param schema the one derived from the shape */
    KnownShapeReader(Shape shape, Schema schema) {
        this.schema = schema;
        this.whole = Part.of(shape, schema);
    }

    Schema schema() {
        return schema;
    }

    /**
     * The value of a whole text; empty if the text has another shape, is not JSON, or has a number that is too large
     * for the shape.
     */
    Optional<Object> read(String text) {
        try {
            return JsonReader.read(text, (parser, first) -> {
                Object value = whole.start(first);
                boolean isSame = value != null && whole.fill(value, parser) && parser.nextToken() == null;
                return isSame ? Optional.ofNullable(value) : Optional.empty();
            });
        } catch (UnexpandableException e) {
            // Perhaps only the shape differs: the caller determines it, and reports what is wrong.
            return Optional.empty();
        }
    }

    /** Reads a value of one shape. */
    private sealed interface Part {

        static Part of(Shape shape, @Nullable Schema schema) {
            if (schema != null && shape instanceof Shape.Fields fields) {
                return new Members(schema, fields);
            }
            if (schema != null && shape instanceof Shape.Elements elements) {
                return new Items(of(elements.element(), schema.valueSchema()), elements.element());
            }
            return new Leaf(shape, schema);
        }

        /** The object to fill; null if the value cannot have the shape, or has no parts. */
        default @Nullable Object start(@Nullable JsonToken first) {
            return null;
        }

        default boolean fill(Object started, JsonParser parser) throws IOException {
            return false;
        }
    }

    /** A scalar, or an array of nothing but nulls, which has no schema and is never read this way. */
    private record Leaf(Shape shape, @Nullable Schema schema) implements Part {

        boolean isOf(@Nullable Object value) {
            return Shape.of(value).equals(shape);
        }
    }

    private static final class Members implements Part {

        private final Schema schema;
        private final SerializableString[] names;
        private final @Nullable Field[] places;
        private final Part[] parts;

        Members(Schema schema, Shape.Fields fields) {
            int count = fields.names().size();
            this.schema = schema;
            this.names = fields.names().stream().map(SerializedString::new).toArray(SerializableString[]::new);
            this.places = new Field[count];
            this.parts = new Part[count];
            for (int i = 0; i < count; i++) {
                Field place = schema.field(fields.names().get(i));
                places[i] = place;
                parts[i] = Part.of(fields.shapes().get(i), place == null ? null : place.schema());
            }
        }

        @Override
        public @Nullable Object start(@Nullable JsonToken first) {
            return first == JsonToken.START_OBJECT ? new Struct(schema) : null;
        }

        @Override
        public boolean fill(Object started, JsonParser parser) throws IOException {
            Struct struct = (Struct) started;
            for (int i = 0; i < names.length; i++) {
                if (!parser.nextFieldName(names[i]) || !fill(struct, i, parser)) {
                    return false;
                }
            }
            return parser.nextToken() == JsonToken.END_OBJECT;
        }

        private boolean fill(Struct struct, int i, JsonParser parser) throws IOException {
            JsonToken token = parser.nextToken();
            Field place = places[i];
            if (parts[i] instanceof Leaf leaf) {
                if (token == null || !token.isScalarValue()) {
                    return false;
                }
                Object value = JsonReader.scalar(parser, token);
                if (!leaf.isOf(value)) {
                    return false;
                }
                if (place != null && value != null) {
                    struct.put(place, JsonPayloads.fit(value, place.schema()));
                }
                return true;
            }
            Object inner = parts[i].start(token);
            if (inner == null || place == null) {
                return false;
            }
            // Put before it is filled: put validates everything below, and would do so again at each level.
            struct.put(place, inner);
            return parts[i].fill(inner, parser);
        }
    }

    private record Items(Part part, Shape shape) implements Part {

        @Override
        public @Nullable Object start(@Nullable JsonToken first) {
            return first == JsonToken.START_ARRAY ? new ArrayList<@Nullable Object>() : null;
        }

        @Override
        @SuppressWarnings("unchecked") // the list that start created
        public boolean fill(Object started, JsonParser parser) throws IOException {
            List<@Nullable Object> list = (List<@Nullable Object>) started;
            boolean isAsWide = shape == Shape.Scalar.NOTHING;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NULL) {
                    list.add(null);
                } else if (part instanceof Leaf leaf) {
                    Object value = token != null && token.isScalarValue() ? JsonReader.scalar(parser, token) : null;
                    Shape found = Shape.of(value);
                    if (value == null || leaf.schema() == null || !Shape.fits(found, shape)) {
                        return false;
                    }
                    list.add(JsonPayloads.fit(value, leaf.schema()));
                    isAsWide |= found.equals(shape);
                } else {
                    Object inner = part.start(token);
                    if (inner == null || !part.fill(inner, parser)) {
                        return false;
                    }
                    list.add(inner);
                    isAsWide = true;
                }
            }
            return isAsWide;
        }
    }
}
