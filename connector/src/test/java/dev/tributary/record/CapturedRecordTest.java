// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.row.AvroBytes;
import dev.tributary.row.JsonText;
import dev.tributary.row.LazyStruct;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class CapturedRecordTest {

    private static final Schema ROW =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();

    @Test
    void recordsOfEqualContentAreTwo() {
        // Given
        SourceRecord record = record(new Row());

        // Then
        assertThat(record).isNotEqualTo(record(new Row()));
        assertThat(new HashSet<>(List.of(record, record(new Row())))).hasSize(2).contains(record);
    }

    /** As a worker with exactly-once does for each record. */
    @Test
    void aHashTableReadsNoField() {
        // Given
        Row row = new Row();
        Set<SourceRecord> table = new HashSet<>();

        // When
        table.add(record(row));
        table.remove(record(row));

        // Then
        assertThat(table).hasSize(1);
        assertThat(row.reads).isZero();
    }

    private static SourceRecord record(Row row) {
        return Records.withOffset(
                Map.of("lsn", 1L), new SourceRecord(Map.of("server", "shop"), Map.of(), "topic", ROW, row));
    }

    /** Counts how often its field is read. */
    private static final class Row extends LazyStruct {

        private int reads;

        Row() {
            super(ROW);
        }

        @Override
        protected Object read(int field) {
            reads++;
            return 1L;
        }

        @Override
        protected boolean write(int field, JsonText json) {
            return false;
        }

        @Override
        protected boolean write(int field, AvroBytes avro) {
            return false;
        }
    }
}
