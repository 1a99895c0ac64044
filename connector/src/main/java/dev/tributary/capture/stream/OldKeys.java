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
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The keys of rows that were updated or deleted. The server sends only the replica identity of such a row, and null for
 * all other columns; the key can be, or have, one of these. Debezium makes a key of the null: 0, or an empty text.
 */
final class OldKeys {

    private final TableId table;
    private final RowCodec codec;
    private final List<Column> columns;
    private final List<String> primary;
    private final OldRowColumns contained;

    /**
     * @param table the table
     * @param codec reads its keys
     * @param columns the columns of the key
     * @param contained which columns an old row contains
     */
    OldKeys(Table table, RowCodec codec, List<Column> columns, OldRowColumns contained) {
        this.table = table.id();
        this.codec = codec;
        this.columns = columns;
        this.primary = table.primaryKeyColumnNames();
        this.contained = contained;
    }

    /**
     * The key of a row that was deleted.
     *
     * @throws CaptureFailedException if the row does not contain it
     */
    Struct ofDeleted(RowImage row) {
        BitSet missing = missing(row);
        if (!missing.isEmpty()) {
            throw new CaptureFailedException(
                    failure(missing, "deleted", ", because the replica identity of the table does not contain it."),
                    null);
        }
        return codec.eagerly(row);
    }

    /** The key of a row that was updated. A column that it does not contain counts as unchanged. */
    Struct ofUpdated(RowImage row, RowImage now) {
        BitSet missing = missing(row);
        return codec.eagerly(missing.isEmpty() ? row : row.with(missing, now));
    }

    /**
     * Makes sure that the key of a row is known that was updated. Postgres leaves out a large value that an update does
     * not change, and Debezium makes a key of its placeholder, which all such rows have in common.
     *
     * @param before the old row; null if it was not sent
     * @throws CaptureFailedException if it is not
     */
    void assertKnown(RowImage now, @Nullable RowImage before) {
        BitSet left = new BitSet();
        for (Column column : columns) {
            int place = column.position() - 1;
            if (now.isUnchanged(place) && (before == null || !before.hasText(place))) {
                left.set(place);
            }
        }
        if (!left.isEmpty()) {
            throw new CaptureFailedException(
                    failure(
                            left,
                            "updated",
                            ": it is a large value that the update did not change, and the replica identity of the"
                                    + " table does not contain it."),
                    null);
        }
    }

    private BitSet missing(RowImage row) {
        BitSet missing = new BitSet();
        for (Column column : columns) {
            int place = column.position() - 1;
            if (row.isNull(place) && isNeverNull(column, row)) {
                missing.set(place);
            }
        }
        return missing;
    }

    /** Whether a null is not a value of the row: the row does not contain the column, or the key has no nulls. */
    private boolean isNeverNull(Column column, RowImage row) {
        return (!column.isOptional() && primary.contains(column.name())) || !contained.contain(column.name(), row);
    }

    private Failure failure(BitSet missing, String changed, String because) {
        String lacking = columns.stream()
                .filter(column -> missing.get(column.position() - 1))
                .map(Column::name)
                .collect(Collectors.joining(", "));
        return new Failure.Fatal(
                Failure.Kind.UNEXPECTED,
                "A row of " + table + " was " + changed + ", and the WAL does not have the key of its records ("
                        + lacking + ")" + because + " Nothing after that change has been sent.",
                "Run ALTER TABLE " + new TableId(null, table.schema(), table.table()).toDoubleQuotedString()
                        + " REPLICA IDENTITY FULL, or choose a key with message.key.columns that the identity contains."
                        + " For changes that were made before, set event.processing.failure.handling.mode=warn for a"
                        + " while, which leaves them out"
                        + (changed.equals("deleted")
                                ? ", and delete the keys from the topic."
                                : ", and read the rows again."));
    }
}
