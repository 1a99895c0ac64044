// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConfiguration;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection for look-ups in the catalog while streaming. */
public abstract class LookupConnection extends PostgresConnection {

    /** As {@link PostgresConnection}. */
    protected LookupConnection(
            JdbcConfiguration jdbc, TypeRegistry types, PostgresValueConverterBuilder values, String usage) {
        super(jdbc, types, values, usage);
    }

    /**
     * Says which table a name means, until the next call. Debezium's decoder asks for the columns and the key of a
     * table by the name that it had when a row was written. By now it may have another name, and another table may have
     * that.
     *
     * @param name the name; null if every name means what it says
     * @param oid the table that it means, whatever that is called now
     * @param columns those that it had, and the OIDs of their types. If it no longer exists, the table that has the
     *     name now stands for it: in the columns that both have, and with its key if both have all columns of that
     */
    public abstract void means(@Nullable TableId name, long oid, Map<String, Integer> columns);

    /** Whether a table still exists. */
    public abstract boolean exists(long oid) throws SQLException;
}
