// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.replication.PgOutputHandler;
import dev.tributary.row.RowImage;
import io.debezium.relational.Table;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Passes messages on until the first transaction whose commit record is not before a position. */
final class StreamEnd implements PgOutputHandler {

    private final PgOutputHandler handler;
    private final Lsn position;
    private final IntFunction<@Nullable Table> tables;
    private final IncompleteUpdates incomplete;
    private boolean reached;

    /** @param tables the captured tables by oid */
    StreamEnd(
            PgOutputHandler handler, Lsn position, IntFunction<@Nullable Table> tables, IncompleteUpdates incomplete) {
        this.handler = handler;
        this.position = position;
        this.tables = tables;
        this.incomplete = incomplete;
    }

    /** Whether the position has been reached: no further message must be read. */
    boolean isReached() {
        return reached;
    }

    @Override
    public void begin(long lsn, long commitLsn, long commitMicros, long id) throws SQLException, InterruptedException {
        reached = !position.isAfter(new Lsn(commitLsn));
        if (!reached) {
            handler.begin(lsn, commitLsn, commitMicros, id);
        }
    }

    @Override
    public void commit(long lsn, long commitLsn, long endLsn) throws SQLException, InterruptedException {
        handler.commit(lsn, commitLsn, endLsn);
    }

    @Override
    public void relation(long lsn, int relation, ByteBuffer message) throws SQLException, InterruptedException {
        handler.relation(lsn, relation, message);
    }

    @Override
    public void insert(long lsn, int relation, RowImage after) throws SQLException, InterruptedException {
        handler.insert(lsn, relation, after);
    }

    @Override
    public void update(long lsn, int relation, @Nullable RowImage before, RowImage after)
            throws SQLException, InterruptedException {
        Table table = after.lacksUnchanged(before) ? tables.apply(relation) : null;
        if (table != null) {
            incomplete.updated(table.id(), after);
        }
        handler.update(lsn, relation, before, after);
    }

    @Override
    public void delete(long lsn, int relation, RowImage before) throws SQLException, InterruptedException {
        handler.delete(lsn, relation, before);
    }

    @Override
    public void truncate(long lsn, int[] relations) throws SQLException, InterruptedException {
        handler.truncate(lsn, relations);
    }

    @Override
    public void message(long lsn, boolean transactional, long messageLsn, String prefix, byte[] content)
            throws SQLException, InterruptedException {
        reached = !transactional && !position.isAfter(new Lsn(messageLsn));
        if (!reached) {
            handler.message(lsn, transactional, messageLsn, prefix, content);
        }
    }

    @Override
    public void origin(long lsn, long originLsn, String name) throws SQLException, InterruptedException {
        handler.origin(lsn, originLsn, name);
    }
}
