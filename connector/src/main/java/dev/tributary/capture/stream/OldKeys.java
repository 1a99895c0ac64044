// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.Failure;
import dev.tributary.row.RowCodec;
import dev.tributary.row.RowImage;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;

/**
 * The keys of rows that were updated or deleted. The server sends only the replica identity of such a row, and null for
 * all other columns; the key can be, or have, one of these. Debezium makes a key of the null: 0, or an empty text.
 */
final class OldKeys {

    private final TableId table;
    private final RowCodec codec;
    private final List<Column> columns;
    private final List<String> primary;
    private final Set<String> identity;

    /**
     * @param table the table
     * @param codec reads its keys
     * @param columns the columns of the key
     * @param identity the columns of the replica identity as the relation message has them; those of a partitioned
     *     table can differ from those of the partition that the row is in
     */
    OldKeys(Table table, RowCodec codec, List<Column> columns, Set<String> identity) {
        this.table = table.id();
        this.codec = codec;
        this.columns = columns;
        this.primary = table.primaryKeyColumnNames();
        this.identity = identity;
    }

    /**
     * The key of a row that was deleted.
     *
     * @throws CaptureFailedException if the row does not contain it
     */
    Struct ofDeleted(RowImage row) {
        BitSet missing = missing(row);
        if (!missing.isEmpty()) {
            throw new CaptureFailedException(failure(missing), null);
        }
        return codec.eagerly(row);
    }

    /** The key of a row that was updated. A column that it does not contain counts as unchanged. */
    Struct ofUpdated(RowImage row, RowImage now) {
        BitSet missing = missing(row);
        return codec.eagerly(missing.isEmpty() ? row : row.with(missing, now));
    }

    private BitSet missing(RowImage row) {
        BitSet missing = new BitSet();
        for (Column column : columns) {
            int place = column.position() - 1;
            if (row.isNull(place) && isNeverNull(column)) {
                missing.set(place);
            }
        }
        return missing;
    }

    /** Whether a null is not a value of the row: the row does not contain the column, or the key has no nulls. */
    private boolean isNeverNull(Column column) {
        return !identity.contains(column.name()) || (!column.isOptional() && primary.contains(column.name()));
    }

    private Failure failure(BitSet missing) {
        String lacking = columns.stream()
                .filter(column -> missing.get(column.position() - 1))
                .map(Column::name)
                .collect(Collectors.joining(", "));
        return new Failure.Fatal(
                Failure.Kind.UNEXPECTED,
                "A row of " + table + " was deleted, and the WAL does not have the key of its records (" + lacking
                        + "), because the replica identity of the table does not contain it. Nothing after the delete"
                        + " has been sent.",
                "Run ALTER TABLE " + new TableId(null, table.schema(), table.table()).toDoubleQuotedString()
                        + " REPLICA IDENTITY FULL, or choose a key with message.key.columns that the identity contains."
                        + " For deletes that were made before, set event.processing.failure.handling.mode=warn for a"
                        + " while, which leaves them out, and delete the keys from the topic.");
    }
}
