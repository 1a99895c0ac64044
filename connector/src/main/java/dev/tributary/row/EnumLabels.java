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
 * The labels of a table's enums that its schema contains. The stream does not contain {@code ALTER TYPE … ADD VALUE};
 * only a row with the new label shows it.
 */
public final class EnumLabels {

    private final List<EnumColumn> columns;

    /**
     * A column of an enum.
     *
     * @param index its index in a row
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

    /** The labels that the registry knows for the enums of a table. */
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

    /** The OIDs of the enums of which a row contains an unknown label. */
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

    /**
     * Adds the labels of a row. A label that has been renamed since is no longer in the catalog; so it is looked up
     * only once.
     */
    public void add(RowImage row) {
        for (EnumColumn column : columns) {
            if (column.lacksLabelOf(row)) {
                column.labels().add(ByteBuffer.wrap(row.text(column.index()).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
