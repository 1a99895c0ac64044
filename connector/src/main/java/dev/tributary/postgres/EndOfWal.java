// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.replication.LogSequenceNumber;

/** Where the server's WAL ends: the commit record of every transaction that can be seen lies before it. */
public final class EndOfWal {

    /** On a standby the received WAL may be visible a moment before it is told so. */
    private static final String SQL = """
            SELECT CASE WHEN pg_is_in_recovery()
              THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
              ELSE pg_current_wal_insert_lsn() END""";

    private static final long PAGE = 8192;
    private static final long LARGEST_PAGE_HEADER = 40;

    private EndOfWal() {}

    /** As it is now; a replication stream gets there, also if nothing more is written. */
    public static long read(Connection connection) throws SQLException {
        return withoutPageHeader(Database.rows(
                        connection,
                        SQL,
                        row -> LogSequenceNumber.valueOf(row.getString(1)).asLong())
                .get(0));
    }

    /** At the end of a page the server tells where the next record would begin, which an idle one never gets to. */
    private static long withoutPageHeader(long lsn) {
        long inPage = lsn % PAGE;
        return inPage <= LARGEST_PAGE_HEADER ? lsn - inPage : lsn;
    }
}
