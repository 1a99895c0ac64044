// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.metrics.EventStatus;
import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableStorage;
import dev.tributary.record.Envelopes;
import dev.tributary.record.EventBlocks;
import dev.tributary.record.TableRecords;
import dev.tributary.row.RowCodec;
import io.debezium.relational.TableId;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** Tables and rows that exist in no database. */
final class Samples {

    private static final long BLOCK_BYTES = 8192;
    private static final EventStatus EVENTS = EventStatus.open("samples", "samples", "0", () -> true);

    private Samples() {}

    /** A table whose blocks can be read by ranges. */
    static TableSource table(String name, long blocks) {
        return table(name, blocks, blocks, true);
    }

    /**
     * @param largest how many blocks the largest of its partitions has
     * @param blocks how many all of them have
     */
    static TableSource table(String name, long largest, long blocks, boolean byBlocks) {
        TableName table = new TableName("public", name);
        return new TableSource(
                new TableId("db", "public", name),
                table,
                SnapshotQuery.of(table, List.of("id"), column -> true, byBlocks),
                new TableStorage(
                        table, "file-of-" + name, byBlocks, false, largest, blocks, blocks * BLOCK_BYTES, blocks),
                records(name),
                1);
    }

    private static RowRecords records(String topic) {
        Struct empty = new Struct(SchemaBuilder.struct().build());
        TableRecords<RowMark> records = new TableRecords<>(
                Map.of(),
                topic,
                null,
                Envelopes.of(empty.schema()).orElseThrow(),
                new EventBlocks<>(empty, RowMark.SOURCE_FIELDS),
                new ConnectHeaders(),
                EVENTS.table(topic, topic, List.of()));
        return new RowRecords(
                records,
                new RowCodec(empty.schema(), List.of()),
                null,
                Map.of(),
                Map.of(),
                null,
                RowRecords.PostProcessing.NONE);
    }

    /** A row whose record has no more than a value and an offset. */
    static RowRecord row(String topic, String value) {
        RowMark mark = new RowMark();
        SourceRecord record =
                new SourceRecord(Map.of(), new SnapshotOffset(Map.of(), Map.of(), mark), topic, null, null, value);
        return new RowRecord(record, mark, 1);
    }
}
