// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** Shared by the suites of {@link RouteTopic}. */
abstract class RouteSuite extends TransformSuite {

    RouteSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new RouteTopic<>();
    }

    /** A tombstone has no operation, and must pass through as in every suite. */
    @Override
    protected Map<String, String> requiredOptions() {
        return Map.of("topic", "by.${op}", "missing", "keep");
    }

    /** Routes by a template, with the defaults of all other options. */
    protected static Transformation<SourceRecord> by(String template) {
        RouteTopic<SourceRecord> transform = new RouteTopic<>();
        transform.configure(Map.of("topic", template));
        return transform;
    }

    protected static String topic(Transformation<SourceRecord> transform, SourceRecord record) {
        return Objects.requireNonNull(transform.apply(record)).topic();
    }
}
