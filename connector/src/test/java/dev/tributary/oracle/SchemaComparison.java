// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compares schemas completely: names, versions, parameters, docs, defaults, fields and their order. The elements of
 * arrays may be null in ours even if Debezium's schema forbids it.
 */
final class SchemaComparison {

    private final Differences found;
    private final Set<Pair> same;

    SchemaComparison(Differences found) {
        this(found, new HashSet<>());
    }

    private SchemaComparison(Differences found, Set<Pair> same) {
        this.found = found;
        this.same = same;
    }

    /** Two schemas that are known to be equal; they need not be compared again for each record. */
    private record Pair(Schema expected, Schema actual) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair pair && expected == pair.expected && actual == pair.actual;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(expected) + System.identityHashCode(actual);
        }
    }

    void compare(Path path, @Nullable Schema expected, @Nullable Schema actual) {
        if (expected == null || actual == null) {
            found.check(path, expected == actual, expected, actual);
            return;
        }
        Pair pair = new Pair(expected, actual);
        if (expected == actual || same.contains(pair)) {
            return;
        }
        int before = found.count();
        attributes(path, expected, actual);
        parts(path, expected, actual);
        if (found.count() == before) {
            same.add(pair);
        }
    }

    private void attributes(Path path, Schema expected, Schema actual) {
        equal(path.then("optional"), expected.isOptional(), actual.isOptional());
        others(path, expected, actual);
    }

    private void others(Path path, Schema expected, Schema actual) {
        equal(path.then("type"), expected.type(), actual.type());
        equal(path.then("name"), expected.name(), actual.name());
        equal(path.then("version"), expected.version(), actual.version());
        equal(path.then("doc"), expected.doc(), actual.doc());
        equal(path.then("parameters"), expected.parameters(), actual.parameters());
        new ValueComparison(this, found).compare(path.then("default"), expected.defaultValue(), actual.defaultValue());
    }

    private void parts(Path path, Schema expected, Schema actual) {
        if (expected.type() != actual.type()) {
            return;
        }
        switch (expected.type()) {
            case STRUCT -> fields(path, expected, actual);
            case ARRAY -> elements(path.then("[]"), expected.valueSchema(), actual.valueSchema());
            case MAP -> {
                compare(path.then("<key>"), expected.keySchema(), actual.keySchema());
                compare(path.then("<value>"), expected.valueSchema(), actual.valueSchema());
            }
            default -> {
                // A primitive has no parts.
            }
        }
    }

    private void elements(Path path, Schema expected, Schema actual) {
        if (actual.isOptional()) {
            others(path, expected, actual);
            parts(path, expected, actual);
        } else {
            compare(path, expected, actual);
        }
    }

    private void fields(Path path, Schema expected, Schema actual) {
        List<String> names = expected.fields().stream().map(Field::name).toList();
        equal(
                path.then("fields"),
                names,
                actual.fields().stream().map(Field::name).toList());
        for (Field field : expected.fields()) {
            Field other = actual.field(field.name());
            if (other != null) {
                equal(path.then(field.name()).then("index"), field.index(), other.index());
                compare(path.then(field.name()), field.schema(), other.schema());
            }
        }
    }

    private void equal(Path path, @Nullable Object expected, @Nullable Object actual) {
        found.check(path, Objects.equals(expected, actual), expected, actual);
    }
}
