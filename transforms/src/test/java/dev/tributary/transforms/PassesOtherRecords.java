// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** What every transform promises: records that are not change events pass through unchanged. */
interface PassesOtherRecords {

    /** Records in the form that is tested. */
    SampleEvents events();

    /** The transform with its required options and with these, in pairs. */
    Transformation<SourceRecord> with(String... namesAndValues);

    @Test
    default void tombstonesPassThrough() {
        SourceRecord tombstone = events().tombstone(customer());
        assertThat(with().apply(tombstone)).isSameAs(tombstone);
    }

    @Test
    default void heartbeatsPassThrough() {
        SourceRecord heartbeat = events().heartbeat();
        assertThat(with().apply(heartbeat)).isSameAs(heartbeat);
    }

    @Test
    default void transactionBoundariesPassThrough() {
        SourceRecord boundary = events().transactionBoundary();
        assertThat(with().apply(boundary)).isSameAs(boundary);
    }

    @Test
    default void valuesWithoutFieldsPassThrough() {
        SourceRecord text = new SourceRecord(Map.of(), Map.of(), "any", null, null, null, null, "text", null);
        assertThat(with().apply(text)).isSameAs(text);
    }
}
