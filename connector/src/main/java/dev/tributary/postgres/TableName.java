// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;

/**
 * The name of a relation.
 *
 * @param schema its schema, as the catalog spells it
 * @param name its name within the schema, as the catalog spells it
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

    private static final Comparator<TableName> ORDER =
            Comparator.comparing(TableName::schema).thenComparing(TableName::name);

    /** Sets the first two parameters of a statement: arrays of the schemas and of the names. */
    static void bind(PreparedStatement statement, Collection<TableName> tables) throws SQLException {
        Connection connection = statement.getConnection();
        Object[] schemas = tables.stream().map(TableName::schema).toArray();
        Object[] names = tables.stream().map(TableName::name).toArray();
        statement.setArray(1, connection.createArrayOf("text", schemas));
        statement.setArray(2, connection.createArrayOf("text", names));
    }

    /** The name as an SQL identifier, with each part quoted if necessary. */
    public String quoted() {
        return Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    @Override
    public int compareTo(TableName other) {
        return ORDER.compare(this, other);
    }

    /** Both parts joined by a dot and not quoted: the form that {@code table.include.list} matches. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
