// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * Shared by the suites of all transforms. A subclass chooses the transform, and its subclasses choose the form of the
 * records: with schemas, or without.
 */
abstract class TransformSuite {

    /** Records in the form that is tested. */
    protected final SampleEvents events;

    private @Nullable Transformation<SourceRecord> transform;

    protected TransformSuite(SampleEvents events) {
        this.events = events;
    }

    public final SampleEvents events() {
        return events;
    }

    /** A new transform, not yet configured. */
    protected abstract Transformation<SourceRecord> create();

    /** Options that the transform requires. */
    protected Map<String, String> requiredOptions() {
        return Map.of();
    }

    @AfterEach
    void close() {
        if (transform != null) {
            transform.close();
        }
    }

    /** The transform with its required options and with these, in pairs. */
    public final Transformation<SourceRecord> with(String... namesAndValues) {
        Map<String, String> options = new HashMap<>(requiredOptions());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        Transformation<SourceRecord> created = create();
        created.configure(options);
        transform = created;
        return created;
    }

    /** Asserts that the transform returns the record itself. */
    protected static void assertPassesOn(Transformation<SourceRecord> transform, SourceRecord record) {
        assertThat(transform.apply(record)).isSameAs(record);
    }

    /** The value of the resulting record, with maps instead of structs. */
    protected static @Nullable Object value(Transformation<SourceRecord> transform, SourceRecord record) {
        return SampleEvents.plain(Objects.requireNonNull(transform.apply(record), "the record was dropped")
                .value());
    }

    /** The same, as a map. */
    @SuppressWarnings("unchecked")
    protected static Map<String, @Nullable Object> row(Transformation<SourceRecord> transform, SourceRecord record) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value(transform, record));
    }
}
