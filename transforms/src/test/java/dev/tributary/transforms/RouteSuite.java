// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** What the suites of {@link RouteTopic} share. */
abstract class RouteSuite extends TransformSuite {

    RouteSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new RouteTopic<>();
    }

    /** What a tombstone cannot tell: the suite wants it to go through. */
    @Override
    protected Map<String, String> needed() {
        return Map.of("topic", "by.${op}", "missing", "keep");
    }

    /** By a template and with the defaults else. */
    protected static Transformation<SourceRecord> by(String template) {
        RouteTopic<SourceRecord> transform = new RouteTopic<>();
        transform.configure(Map.of("topic", template));
        return transform;
    }

    protected static String topic(Transformation<SourceRecord> transform, SourceRecord record) {
        return Objects.requireNonNull(transform.apply(record)).topic();
    }
}
