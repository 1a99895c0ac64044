// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Compares Connect values: structs by their fields, whatever their class, and bytes by content. */
final class ValueComparison {

    private final SchemaComparison schemas;
    private final Differences found;

    ValueComparison(SchemaComparison schemas, Differences found) {
        this.schemas = schemas;
        this.found = found;
    }

    void compare(Path path, @Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Struct one && actual instanceof Struct other) {
            structs(path, one, other);
        } else if (expected instanceof List<?> one && actual instanceof List<?> other) {
            lists(path, one, other);
        } else if (expected instanceof Map<?, ?> one && actual instanceof Map<?, ?> other) {
            maps(path, one, other);
        } else if (bytes(expected) != null && bytes(actual) != null) {
            found.check(path, Arrays.equals(bytes(expected), bytes(actual)), expected, actual);
        } else {
            found.check(
                    path, Objects.equals(Identities.without(expected), Identities.without(actual)), expected, actual);
        }
    }

    private void structs(Path path, Struct expected, Struct actual) {
        schemas.compare(path.then("<schema>"), expected.schema(), actual.schema());
        for (Field field : expected.schema().fields()) {
            Field same = actual.schema().field(field.name());
            if (same != null) {
                Path at = path.then(field.name());
                compare(at, expected.getWithoutDefault(field.name()), actual.getWithoutDefault(field.name()));
                compare(at.then("<or default>"), expected.get(field), actual.get(same));
            }
        }
    }

    private void lists(Path path, List<?> expected, List<?> actual) {
        found.check(path.then("size"), expected.size() == actual.size(), expected.size(), actual.size());
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            compare(path.then(i), expected.get(i), actual.get(i));
        }
    }

    private void maps(Path path, Map<?, ?> expected, Map<?, ?> actual) {
        found.check(path.then("keys"), expected.keySet().equals(actual.keySet()), expected.keySet(), actual.keySet());
        expected.forEach((key, value) -> compare(path.then(key), value, actual.get(key)));
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] content = new byte[buffer.remaining()];
            buffer.duplicate().get(content);
            return content;
        }
        return value instanceof byte[] content ? content : null;
    }
}
