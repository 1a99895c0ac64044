// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns that are wanted lie in rows of one schema, or in maps.
 *
 * @param envelope makes the value; null if that is the payload itself
 */
record Layout(
        ColumnReader id,
        ColumnReader key,
        ColumnReader route,
        ColumnReader payload,
        @Nullable ColumnReader time,
        @Nullable ColumnReader partition,
        List<ColumnReader> headers,
        @Nullable ValueEnvelope envelope) {

    /**
     * @param row null if rows are maps
     * @param schemas whether an envelope gets a schema
     * @throws UnfitRowException if such rows lack a column, or it is of a type that does not serve
     */
    static Layout of(OutboxColumns wanted, @Nullable Schema row, boolean schemas) {
        List<ColumnReader> headers = new ArrayList<>();
        List<ColumnReader> fields = new ArrayList<>();
        ColumnReader partition = null;
        for (AdditionalColumn additional : wanted.additional()) {
            boolean isIn = row == null || row.field(additional.column()) != null;
            if (!isIn && wanted.missing() == MissingColumn.IGNORE) {
                continue;
            }
            ColumnReader column = ColumnReader.of(
                    additional.name(), new ColumnOption(additional.column(), wanted.additionalOption()), row);
            switch (additional.place()) {
                case HEADER -> headers.add(column);
                case ENVELOPE -> fields.add(column);
                case PARTITION -> partition = column.ofNumbers();
            }
        }
        return new Layout(
                of(wanted.id(), row),
                of(wanted.key(), row),
                of(wanted.route(), row).ofText(),
                of(wanted.payload(), row),
                wanted.time() == null ? null : TimestampColumn.check(of(wanted.time(), row)),
                partition,
                List.copyOf(headers),
                wanted.hasEnvelope()
                        ? ValueEnvelope.of(
                                row != null && schemas ? row : null,
                                List.copyOf(fields),
                                wanted.version() == null
                                        ? null
                                        : of(wanted.version(), row).ofNumbers())
                        : null);
    }

    private static ColumnReader of(ColumnOption wanted, @Nullable Schema row) {
        return ColumnReader.of(wanted.column(), wanted, row);
    }
}
