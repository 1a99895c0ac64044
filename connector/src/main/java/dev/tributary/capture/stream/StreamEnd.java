// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.row.RowImage;
import io.debezium.relational.Table;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Passes a stream on until the first transaction whose commit record does not lie before a position. */
final class StreamEnd implements PgOutputHandler {

    private final PgOutputHandler handler;
    private final Lsn position;
    private final IntFunction<@Nullable Table> tables;
    private final CatchUpStream.Incomplete incomplete;
    private boolean reached;

    /** @param tables the captured tables by the ids that the stream names them by */
    StreamEnd(
            PgOutputHandler handler,
            Lsn position,
            IntFunction<@Nullable Table> tables,
            CatchUpStream.Incomplete incomplete) {
        this.handler = handler;
        this.position = position;
        this.tables = tables;
        this.incomplete = incomplete;
    }

    /** Whether there is nothing more to be read. */
    boolean isReached() {
        return reached;
    }

    @Override
    public void begin(long commitLsn, long commitMicros, long id) throws SQLException, InterruptedException {
        reached = !position.isAfter(new Lsn(commitLsn));
        if (!reached) {
            handler.begin(commitLsn, commitMicros, id);
        }
    }

    @Override
    public void commit(long commitLsn, long endLsn) throws SQLException, InterruptedException {
        handler.commit(commitLsn, endLsn);
    }

    @Override
    public void relation(int relation, ByteBuffer message) throws SQLException, InterruptedException {
        handler.relation(relation, message);
    }

    @Override
    public void insert(int relation, RowImage after) throws SQLException, InterruptedException {
        handler.insert(relation, after);
    }

    @Override
    public void update(int relation, @Nullable RowImage before, RowImage after)
            throws SQLException, InterruptedException {
        Table table = after.lacksUnchanged(before) ? tables.apply(relation) : null;
        if (table != null) {
            incomplete.updated(table.id(), after);
        }
        handler.update(relation, before, after);
    }

    @Override
    public void delete(int relation, RowImage before) throws SQLException, InterruptedException {
        handler.delete(relation, before);
    }

    @Override
    public void truncate(int[] relations) throws SQLException, InterruptedException {
        handler.truncate(relations);
    }

    @Override
    public void message(boolean transactional, long messageLsn, String prefix, byte[] content)
            throws SQLException, InterruptedException {
        reached = !transactional && !position.isAfter(new Lsn(messageLsn));
        if (!reached) {
            handler.message(transactional, messageLsn, prefix, content);
        }
    }

    @Override
    public void origin(long originLsn, String name) throws SQLException, InterruptedException {
        handler.origin(originLsn, name);
    }
}
