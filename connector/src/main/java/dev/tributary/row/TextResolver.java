// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputReplicationMessage;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** Turns the text of a value into the input of Debezium's value converters, as Debezium does but without its errors. */
public final class TextResolver {

    private final TypeRegistry types;
    private final PgConnectionSupplier connection;
    private final boolean includeUnknown;

    /**
     * @param types the types of the database
     * @param connection connection needed to read arrays
     * @param includeUnknown {@code include.unknown.datatypes}
     */
    public TextResolver(TypeRegistry types, PgConnectionSupplier connection, boolean includeUnknown) {
        this.types = types;
        this.connection = connection;
        this.includeUnknown = includeUnknown;
    }

    /**
     * The input for the converter of a column.
     *
     * @param column the name of the column
     * @param type its type
     * @param expression its type as it was declared
     * @param text a value of it, as Postgres writes it
     * @throws RuntimeException if the value has no such input
     */
    public @Nullable Object resolve(String column, PostgresType type, String expression, String text) {
        int root = type.getRootType().getOid();
        if (root == Oid.INTERVAL && text.endsWith("infinity")) {
            // The driver would read it as an interval of length zero.
            throw new DebeziumException("An infinite interval cannot be converted");
        }
        return PgOutputReplicationMessage.getValue(column, type, expression, text, connection, includeUnknown, types);
    }
}
