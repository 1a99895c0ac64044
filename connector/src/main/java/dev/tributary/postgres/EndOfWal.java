// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.replication.LogSequenceNumber;

/** The end of the server's WAL; the commit record of every visible transaction is before it. */
public final class EndOfWal {

    /** On a standby, WAL may have been replayed before its receipt is reported. */
    private static final String SQL = """
            SELECT CASE WHEN pg_is_in_recovery()
              THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
              ELSE pg_current_wal_insert_lsn() END""";

    private static final long PAGE = 8192;
    private static final long LARGEST_PAGE_HEADER = 40;

    private EndOfWal() {}

    /** The current end; a replication stream reaches it even if no more WAL is written. */
    public static long read(Connection connection) throws SQLException {
        return withoutPageHeader(Database.rows(
                        connection,
                        SQL,
                        row -> LogSequenceNumber.valueOf(row.getString(1)).asLong())
                .get(0));
    }

    /**
     * At the end of a page the server reports where the next record would begin, which an idle server never reaches.
     */
    private static long withoutPageHeader(long lsn) {
        long inPage = lsn % PAGE;
        return inPage <= LARGEST_PAGE_HEADER ? lsn - inPage : lsn;
    }
}
