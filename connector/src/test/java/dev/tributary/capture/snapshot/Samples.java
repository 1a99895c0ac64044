// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableStorage;
import dev.tributary.record.Envelopes;
import dev.tributary.row.RowCodec;
import io.debezium.relational.TableId;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** Tables and rows that are nowhere. */
final class Samples {

    private static final long BLOCK_BYTES = 8192;

    private Samples() {}

    /** A table of which a range of blocks can be asked for. */
    static TableSource table(String name, long blocks) {
        return table(name, blocks, blocks, true);
    }

    /**
     * @param largest how many blocks the largest of its parts has
     * @param blocks how many all have
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

    private static SnapshotRecords records(String topic) {
        Struct empty = new Struct(SchemaBuilder.struct().build());
        return new SnapshotRecords(
                Map.of(),
                Map.of(),
                topic,
                new RowCodec(empty.schema(), List.of()),
                null,
                Envelopes.of(empty.schema()).orElseThrow(),
                new SnapshotBlocks(empty),
                null,
                new ConnectHeaders(),
                SnapshotRecords.PostProcessing.NONE);
    }

    /** A row whose record has no more than a value and an offset. */
    static SnapshotRecords.Row row(String topic, String value) {
        RowMark mark = new RowMark();
        SourceRecord record = new SourceRecord(Map.of(), new SnapshotOffset(Map.of(), mark), topic, null, null, value);
        return new SnapshotRecords.Row(record, mark, 1);
    }
}
