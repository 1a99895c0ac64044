// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.Comparator;

/**
 * The name of a relation.
 *
 * @param schema its schema, as the catalog spells it
 * @param name its own name, as the catalog spells it
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

    private static final Comparator<TableName> ORDER =
            Comparator.comparing(TableName::schema).thenComparing(TableName::name);

    /** The name as SQL takes it, each part quoted where it must be. */
    public String quoted() {
        return Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    @Override
    public int compareTo(TableName other) {
        return ORDER.compare(this, other);
    }

    /** The two parts joined by a dot and not quoted: the form that {@code table.include.list} is matched against. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
