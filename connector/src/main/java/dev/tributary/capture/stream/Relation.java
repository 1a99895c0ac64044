// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.RowCodec;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table as the last relation message described it. */
final class Relation {

    private final TableId table;
    private final TableSchema schema;
    private final RowCodec values;
    private final @Nullable RowCodec keys;
    private boolean asked;
    private @Nullable TableRecords records;

    /**
     * @param table its name
     * @param schema Debezium's schema of its events
     * @param values what becomes of its rows
     * @param keys what becomes of their keys; null when its records have none
     */
    Relation(TableId table, TableSchema schema, RowCodec values, @Nullable RowCodec keys) {
        this.table = table;
        this.schema = schema;
        this.values = values;
        this.keys = keys;
    }

    TableId table() {
        return table;
    }

    TableSchema schema() {
        return schema;
    }

    RowCodec values() {
        return values;
    }

    @Nullable
    RowCodec keys() {
        return keys;
    }

    /** What makes its records without Debezium's dispatcher; null if that is needed. Decided with the first change. */
    @Nullable
    TableRecords records(RecordsFactory factory) {
        if (!asked) {
            records = factory.recordsOf(this).orElse(null);
            asked = true;
        }
        return records;
    }

    /** Makes what makes records. */
    @FunctionalInterface
    interface RecordsFactory {
        Optional<TableRecords> recordsOf(Relation relation);
    }
}
