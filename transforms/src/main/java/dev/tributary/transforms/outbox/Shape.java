// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The structure of a JSON value. Values of one shape have one schema. */
sealed interface Shape {

    /** A value without parts. Numbers are ordered from the narrowest to the widest. */
    enum Scalar implements Shape {
        /** A null, or the element of an array of nothing but nulls: it can be anything. */
        NOTHING,
        TEXT,
        BOOLEAN,
        INT32,
        INT64,
        /** An integer beyond 64 bits. */
        INTEGER,
        FLOAT64;

        boolean isNumber() {
            return compareTo(INT32) >= 0;
        }
    }

    /** An array whose elements all fit one shape. */
    record Elements(Shape element) implements Shape {}

    /** An object with its fields in their order. */
    record Fields(List<String> names, List<Shape> shapes) implements Shape {}

    /** How many fields it has, and those in it; at least 1. */
    default long fields() {
        if (this instanceof Fields fields) {
            return 1 + fields.shapes().stream().mapToLong(Shape::fields).sum();
        }
        return this instanceof Elements elements ? 1 + elements.element().fields() : 1;
    }

    /**
     * The shape of a value that {@link JsonReader} has read.
     *
     * @throws UnexpandableException if no shape fits all elements of an array
     */
    static Shape of(@Nullable Object json) {
        if (json == null) {
            return Scalar.NOTHING;
        }
        if (json instanceof String) {
            return Scalar.TEXT;
        }
        if (json instanceof Integer) {
            return Scalar.INT32;
        }
        if (json instanceof Boolean) {
            return Scalar.BOOLEAN;
        }
        if (json instanceof Long) {
            return Scalar.INT64;
        }
        if (json instanceof Double) {
            return Scalar.FLOAT64;
        }
        if (json instanceof Map<?, ?> map) {
            List<String> names = new ArrayList<>(map.size());
            List<Shape> shapes = new ArrayList<>(map.size());
            map.forEach((name, value) -> {
                names.add((String) name);
                shapes.add(of(value));
            });
            return new Fields(names, shapes);
        }
        if (json instanceof List<?> list) {
            Shape element = Scalar.NOTHING;
            for (int i = 0; i < list.size(); i++) {
                element = both(element, of(list.get(i)));
            }
            return new Elements(element);
        }
        return Scalar.INTEGER;
    }

    /**
     * The narrowest shape that values of both shapes fit.
     *
     * @throws UnexpandableException if there is none
     */
    private static Shape both(Shape one, Shape other) {
        if (one == Scalar.NOTHING || one.equals(other)) {
            return other;
        }
        if (other == Scalar.NOTHING) {
            return one;
        }
        if (one instanceof Scalar a && other instanceof Scalar b && a.isNumber() && b.isNumber()) {
            return a.compareTo(b) > 0 ? a : b;
        }
        if (one instanceof Elements a && other instanceof Elements b) {
            return new Elements(both(a.element, b.element));
        }
        if (one instanceof Fields a && other instanceof Fields b) {
            return both(a, b);
        }
        throw new UnexpandableException("has an array of " + kind(one) + " and " + kind(other));
    }

    /** Whether the first shape is the second, or a narrower number. */
    static boolean fits(Shape one, Shape other) {
        return one.equals(other)
                || (one instanceof Scalar a
                        && other instanceof Scalar b
                        && a.isNumber()
                        && b.isNumber()
                        && a.compareTo(b) < 0);
    }

    private static Fields both(Fields one, Fields other) {
        List<String> names = new ArrayList<>(one.names);
        List<Shape> shapes = new ArrayList<>(one.shapes);
        for (int i = 0; i < other.names.size(); i++) {
            int at = names.indexOf(other.names.get(i));
            if (at < 0) {
                names.add(other.names.get(i));
                shapes.add(other.shapes.get(i));
            } else {
                shapes.set(at, both(shapes.get(at), other.shapes.get(i)));
            }
        }
        return new Fields(names, shapes);
    }

    private static String kind(Shape shape) {
        if (shape instanceof Scalar scalar) {
            return scalar.isNumber() ? "numbers" : scalar == Scalar.TEXT ? "texts" : "booleans";
        }
        return shape instanceof Elements ? "arrays" : "objects";
    }
}
