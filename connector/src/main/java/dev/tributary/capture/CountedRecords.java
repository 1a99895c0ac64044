// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.metrics.EventCounter;
import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.TableEvents;
import dev.tributary.record.CapturedRecord;
import dev.tributary.record.RecordTimestamps;
import dev.tributary.record.TableRecords;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.data.Envelope;
import io.debezium.data.Envelope.Operation;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Adds to records that Debezium's parts made what records of ours have from the beginning: the timestamp, and where
 * their events are counted. Any thread may use it.
 */
final class CountedRecords implements UnaryOperator<SourceRecord> {

    private final RecordTimestamps timestamps;
    private final EventStatus events;

    /** The result of the last look-up: events of one table come in runs. */
    private volatile @Nullable Known last;

    private record Known(Schema schema, TableEvents table) {}

    CountedRecords(RecordTimestamps timestamps, EventStatus events) {
        this.timestamps = timestamps;
        this.events = events;
    }

    @Override
    public SourceRecord apply(SourceRecord made) {
        SourceRecord record = timestamps.stamp(made);
        if (!(record.value() instanceof Struct envelope) || !Envelope.isEnvelopeSchema(envelope.schema())) {
            return record;
        }
        Operation operation = Operation.forCode(envelope.getString(Envelope.FieldName.OPERATION));
        Struct source = envelope.getStruct(Envelope.FieldName.SOURCE);
        if (operation == null || source == null) {
            return record;
        }
        EventCounter counter = TableRecords.counter(table(record, envelope.schema(), source), operation);
        Long committed = operation == Operation.READ ? null : source.getInt64(SourceInfo.TIMESTAMP_KEY);
        return CapturedRecord.counted(record, counter, committed == null ? EventStatus.NO_COMMIT : committed);
    }

    private TableEvents table(SourceRecord record, Schema schema, Struct source) {
        Known known = last;
        if (known == null || known.schema() != schema) {
            String name =
                    source.getString(SourceInfo.SCHEMA_NAME_KEY) + "." + source.getString(SourceInfo.TABLE_NAME_KEY);
            known = new Known(schema, events.table(name, record.topic(), TableRecords.columns(record.keySchema())));
            last = known;
        }
        return known.table();
    }
}
