// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import dev.tributary.transforms.FlattenChange;
import io.debezium.transforms.ExtractNewRecordState;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** What our transforms and Debezium's are both asked to do, each with the options that make the same of a record. */
public enum TransformTask {
    FLATTEN("the row as it is"),
    FLATTEN_FIELDS("the row with op and LSN"),
    FLATTEN_MARKED("the row, marked as deleted or not");

    private final String result;

    TransformTask(String result) {
        this.result = result;
    }

    /** What comes out. */
    public String result() {
        return result;
    }

    /** A transform that does it, configured. */
    public Transformation<SourceRecord> transform(Doer doer) {
        return switch (this) {
            case FLATTEN -> doer.flatten(Map.of(), Map.of());
            case FLATTEN_FIELDS -> doer.flatten(Map.of("add.fields", "op,lsn"), Map.of("add.fields", "op,lsn"));
            case FLATTEN_MARKED ->
                doer.flatten(Map.of("delete.tombstone.handling.mode", "rewrite"), Map.of("deletes", "rewrite"));
        };
    }

    SourceRecord record() {
        return switch (this) {
            case FLATTEN, FLATTEN_FIELDS, FLATTEN_MARKED -> SampleRecords.insert();
        };
    }

    /** Whose transform does it. */
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
