// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The labels of a table's enums as its schema has them. {@code ALTER TYPE … ADD VALUE} leaves no trace in the stream but a row
 * with the new label, so that is where it has to be noticed.
 */
public final class EnumLabels {

    private final List<EnumColumn> columns;

    /**
     * A column of an enum.
     *
     * @param index its place in a row
     * @param type the OID of the enum
     * @param labels its labels, as Postgres writes them
     */
    private record EnumColumn(int index, int type, Set<ByteBuffer> labels) {

        boolean lacksLabelOf(RowImage row) {
            return row.hasText(index)
                    && !labels.contains(ByteBuffer.wrap(row.bytes(), row.start(index), row.length(index)));
        }
    }

    private EnumLabels(List<EnumColumn> columns) {
        this.columns = columns;
    }

    /** The labels that the registry knows of the enums of a table. */
    public static EnumLabels of(Table table, TypeRegistry types) {
        List<EnumColumn> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            PostgresType type = types.get(column.nativeType());
            if (type.isEnumType()) {
                Set<ByteBuffer> labels = new HashSet<>();
                type.getEnumValues()
                        .forEach(label -> labels.add(ByteBuffer.wrap(label.getBytes(StandardCharsets.UTF_8))));
                columns.add(new EnumColumn(column.position() - 1, type.getOid(), labels));
            }
        }
        return new EnumLabels(List.copyOf(columns));
    }

    /** The OIDs of the enums of which a row has a label that is not known. */
    public Set<Integer> typesToRefresh(RowImage row) {
        Set<Integer> types = Set.of();
        for (EnumColumn column : columns) {
            if (column.lacksLabelOf(row)) {
                types = new HashSet<>(types);
                types.add(column.type());
            }
        }
        return types;
    }

    /** Takes the labels of a row for known: one that was renamed since is in no catalog any more, and is asked for once. */
    public void add(RowImage row) {
        for (EnumColumn column : columns) {
            if (column.lacksLabelOf(row)) {
                column.labels().add(ByteBuffer.wrap(row.text(column.index()).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
