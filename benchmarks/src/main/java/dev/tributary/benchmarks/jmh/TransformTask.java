// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import dev.tributary.transforms.FilterRows;
import dev.tributary.transforms.FlattenChange;
import dev.tributary.transforms.OutboxRouter;
import io.debezium.transforms.ExtractNewRecordState;
import io.debezium.transforms.Filter;
import io.debezium.transforms.outbox.EventRouter;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** The tasks of Tributary's transforms and Debezium's, each with the options that produce the same result. */
public enum TransformTask {
    FLATTEN("the row as it is"),
    FLATTEN_FIELDS("the row with op and LSN"),
    FLATTEN_MARKED("the row, marked as deleted or not"),
    OUTBOX("a message with two headers, its payload as it is"),
    OUTBOX_JSON("a message with two headers, its payload as a struct"),
    FILTER("the event, if three comparisons hold");

    private static final Map<String, String> OUTBOX_OPTIONS =
            Map.of("table.fields.additional.placement", "type:header:eventType");

    private final String result;

    TransformTask(String result) {
        this.result = result;
    }

    /** The result. */
    public String result() {
        return result;
    }

    /** A configured transform that does the task. */
    public Transformation<SourceRecord> transform(Doer doer) {
        return switch (this) {
            case FLATTEN -> doer.flatten(Map.of(), Map.of());
            case FLATTEN_FIELDS -> doer.flatten(Map.of("add.fields", "op,lsn"), Map.of("add.fields", "op,lsn"));
            case FLATTEN_MARKED ->
                doer.flatten(Map.of("delete.tombstone.handling.mode", "rewrite"), Map.of("deletes", "rewrite"));
            case OUTBOX -> doer.one(new EventRouter<>(), OUTBOX_OPTIONS, new OutboxRouter<>(), OUTBOX_OPTIONS);
            case OUTBOX_JSON -> {
                Map<String, String> expanding = new HashMap<>(OUTBOX_OPTIONS);
                expanding.put("table.expand.json.payload", "true");
                yield doer.one(new EventRouter<>(), expanding, new OutboxRouter<>(), expanding);
            }
            case FILTER ->
                doer.one(
                        new Filter<>(),
                        Map.of(
                                "language",
                                "jsr223.groovy",
                                "condition",
                                "value.op == 'c' && value.after.status == 'delivered' && value.after.customer > 1000"),
                        new FilterRows<>(),
                        Map.of("condition", "op == 'c' && after.status == 'delivered' && after.customer > 1000"));
        };
    }

    SourceRecord record() {
        return switch (this) {
            case FLATTEN, FLATTEN_FIELDS, FLATTEN_MARKED, FILTER -> SampleRecords.insert();
            case OUTBOX, OUTBOX_JSON -> SampleRecords.outbox();
        };
    }

    /** The owner of the transform. */
    public enum Doer {
        DEBEZIUM,
        TRIBUTARY;

        private Transformation<SourceRecord> flatten(Map<String, String> debeziums, Map<String, String> ours) {
            return one(new ExtractNewRecordState<>(), debeziums, new FlattenChange<>(), ours);
        }

        private Transformation<SourceRecord> one(
                Transformation<SourceRecord> debeziums,
                Map<String, String> debeziumsOptions,
                Transformation<SourceRecord> ours,
                Map<String, String> ourOptions) {
            return switch (this) {
                case DEBEZIUM -> configured(debeziums, debeziumsOptions);
                case TRIBUTARY -> configured(ours, ourOptions);
            };
        }

        private static Transformation<SourceRecord> configured(
                Transformation<SourceRecord> transform, Map<String, String> options) {
            transform.configure(options);
            return transform;
        }
    }
}
