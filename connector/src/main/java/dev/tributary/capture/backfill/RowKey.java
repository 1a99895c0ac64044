// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.row.RowImage;
import io.debezium.relational.Table;
import org.jspecify.annotations.Nullable;

/** The primary key of a row as one text: the same for a row of the stream and for a row that was read. */
final class RowKey {

    /** The positions of the key's columns in a row; empty if there is no key. */
    private final int[] places;

    private RowKey(int[] places) {
        this.places = places;
    }

    static RowKey of(Table table) {
        return new RowKey(table.primaryKeyColumnNames().stream()
                .mapToInt(column -> table.columnWithName(column).position() - 1)
                .toArray());
    }

    /** Returns the key of a row; null if there is none, or if the row does not contain it. */
    @Nullable
    String of(RowImage row) {
        if (places.length == 1) {
            return row.hasText(places[0]) ? row.text(places[0]) : null;
        }
        StringBuilder key = new StringBuilder();
        for (int place : places) {
            if (!row.hasText(place)) {
                return null;
            }
            String text = row.text(place);
            // With its length in front, because any character can be in it.
            key.append(text.length()).append(':').append(text);
        }
        return places.length == 0 ? null : key.toString();
    }
}
