// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.postgres.PublishedTables;
import dev.tributary.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tables that were created while the connector streams, with a publication for all tables, and the names under which
 * their changes have arrived. If all of them had one name, and the table was never unlogged, it has been streamed from
 * its first row on. The catalog alone shows that only of a table that has not been altered much.
 */
final class Newcomers {

    /** Stands for all names that are not captured. */
    static final TableName NOT_CAPTURED = new TableName("", "");

    /** The tables that existed already when this publication was seen first; null before the first look. */
    private @Nullable Set<Long> older;

    /** By their oids, the first names that the stream has described the others with. */
    private final Map<Long, TableName> names = new HashMap<>();

    /** Those that will be read unless it turns out that they have been streamed from their first row on. */
    private final Set<TableName> doubtful = new HashSet<>();

    /** The catalog was read while the connector streams. */
    void looked(PublishedTables before, PublishedTables now) {
        if (older == null || !before.all().equals(now.all())) {
            older = now.existing();
            names.clear();
            doubtful.clear();
        }
        names.keySet().retainAll(now.existing());
    }

    void described(TableName table, long oid) {
        if (older != null && !older.contains(oid)) {
            names.putIfAbsent(oid, table);
        }
    }

    /** Whether a table has been streamed from its first row on, all of it under the name it is described with now. */
    boolean isStreamed(Connection connection, TableName table, long oid) throws SQLException {
        return table.equals(names.get(oid))
                ? PublishedTables.hasFirstFile(connection, oid)
                : !names.containsKey(oid) && PublishedTables.isOriginal(connection, oid);
    }

    /** A table will be read, but has perhaps been streamed. */
    void doubt(TableName table) {
        doubtful.add(table);
    }

    boolean isDoubtful(TableName table) {
        return doubtful.contains(table);
    }

    /** It is decided what happens to a table. */
    void decide(TableName table) {
        doubtful.remove(table);
    }
}
