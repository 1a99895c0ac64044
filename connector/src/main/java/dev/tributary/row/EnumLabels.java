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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a table's enums that its schema contains. The stream does not contain {@code ALTER TYPE … ADD VALUE};
 * only a row with the new label shows it.
 */
public final class EnumLabels {

    private final List<EnumColumn> columns;

    /**
     * A column of an enum or of an array of an enum.
     *
     * @param index its index in a row
     * @param type the OID of the enum
     * @param isArray whether it is an array
     * @param labels its labels, as Postgres writes them
     */
    private record EnumColumn(int index, int type, boolean isArray, Set<ByteBuffer> labels) {

        boolean lacksLabelOf(RowImage row) {
            if (!row.hasText(index)) {
                return false;
            }
            return isArray
                    ? !labels.containsAll(labelsOf(row))
                    : !labels.contains(ByteBuffer.wrap(row.bytes(), row.start(index), row.length(index)));
        }

        void add(RowImage row) {
            labels.addAll(labelsOf(row));
        }

        private List<ByteBuffer> labelsOf(RowImage row) {
            String text = row.text(index);
            List<@Nullable String> found = isArray ? new ArrayText(text).elements() : List.of(text);
            return found.stream()
                    .filter(Objects::nonNull)
                    .map(EnumLabels::bytes)
                    .toList();
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
            PostgresType element = type.getElementType();
            PostgresType label = element == null ? type : element.getRootType();
            if (label.isEnumType()) {
                Set<ByteBuffer> labels = new HashSet<>();
                label.getEnumValues().forEach(known -> labels.add(bytes(known)));
                columns.add(new EnumColumn(column.position() - 1, label.getOid(), element != null, labels));
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
                column.add(row);
            }
        }
    }

    private static ByteBuffer bytes(String label) {
        return ByteBuffer.wrap(label.getBytes(StandardCharsets.UTF_8));
    }
}
