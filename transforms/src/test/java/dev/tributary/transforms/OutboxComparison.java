// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import io.debezium.transforms.outbox.EventRouter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Two routers with the same options: ours, and Debezium's EventRouter. */
abstract class OutboxComparison {

    static {
        // It logs a stack trace for each payload that it cannot expand.
        System.setProperty("org.slf4j.simpleLogger.log.io.debezium.transforms.outbox", "off");
        System.setProperty("org.slf4j.simpleLogger.log.dev.tributary.transforms.outbox", "off");
    }

    protected final SampleEvents outbox = SampleOutbox.of(SampleEvents.withSchemas());
    protected Transformation<SourceRecord> ours = new OutboxRouter<>();
    protected Transformation<SourceRecord> theirs = new EventRouter<>();

    @BeforeEach
    void byDefault() {
        configure();
    }

    protected final void configure(String... namesAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        ours = new OutboxRouter<>();
        ours.configure(options);
        theirs = new EventRouter<>();
        theirs.configure(options);
    }

    protected static SourceRecord message(Transformation<SourceRecord> transform, SourceRecord record) {
        @Nullable
        SourceRecord message = transform.apply(record.newRecord(
                record.topic(),
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp()));
        return Objects.requireNonNull(message, "the record was dropped");
    }
}
