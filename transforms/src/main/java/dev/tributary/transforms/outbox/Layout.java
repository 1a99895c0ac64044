// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where the needed columns are, in rows of one schema or in maps.
 *
 * @param envelope builds the value; null if the payload itself is the value
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
     * @throws InvalidRowException if such rows do not have a column, or have it with an unsuitable type
     */
    static Layout of(OutboxColumns columns, @Nullable Schema row, boolean schemas) {
        List<ColumnReader> headers = new ArrayList<>();
        List<ColumnReader> fields = new ArrayList<>();
        ColumnReader partition = null;
        for (AdditionalColumn additional : columns.additional()) {
            boolean isIn = row == null || row.field(additional.column()) != null;
            if (!isIn && columns.missing() == MissingColumn.IGNORE) {
                continue;
            }
            ColumnReader column = ColumnReader.of(
                    additional.name(), new ColumnOption(additional.column(), columns.additionalOption()), row);
            switch (additional.placement()) {
                case HEADER -> headers.add(column);
                case ENVELOPE -> fields.add(column);
                case PARTITION -> partition = column.requireInteger();
            }
        }
        return new Layout(
                of(columns.id(), row),
                of(columns.key(), row),
                of(columns.route(), row).requireText(),
                of(columns.payload(), row),
                columns.time() == null ? null : TimestampColumn.check(of(columns.time(), row)),
                partition,
                List.copyOf(headers),
                columns.hasEnvelope()
                        ? ValueEnvelope.of(
                                row != null && schemas ? row : null,
                                List.copyOf(fields),
                                columns.version() == null
                                        ? null
                                        : of(columns.version(), row).requireInteger())
                        : null);
    }

    private static ColumnReader of(ColumnOption columns, @Nullable Schema row) {
        return ColumnReader.of(columns.column(), columns, row);
    }
}
