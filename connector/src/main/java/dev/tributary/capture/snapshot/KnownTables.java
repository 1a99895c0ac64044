// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableName;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of an unfinished snapshot, as the stored offset knows them. Rows that were sent count only while all
 * changes of their table are captured: those that are not are missing in the stream that brings the rows up to date.
 */
public interface KnownTables {

    /** Reads the catalog. */
    @FunctionalInterface
    interface Reader {
        KnownTables read() throws SQLException;
    }

    /**
     * Those of the tables that have not been captured all the time, according to the catalog. Reports them.
     *
     * @param sent the tables of which rows were sent
     */
    Set<TableName> interrupted(Collection<TableName> sent);

    /**
     * The stream describes a table. Returns the table that the offset knows it as, if that has another name: the
     * changes that follow are not captured as changes of the latter.
     *
     * @param described the name; null if it is not captured
     */
    Optional<TableName> elsewhere(@Nullable TableId described, long oid);
}
