// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import java.util.Objects;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** Shared by the suites of {@link DropUnchanged}. */
abstract class UnchangedSuite extends TransformSuite {

    UnchangedSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new DropUnchanged<>();
    }

    protected static @Nullable Object header(@Nullable SourceRecord record, String name) {
        Header header = Objects.requireNonNull(record).headers().lastWithName(name);
        return header == null ? null : header.value();
    }
}
