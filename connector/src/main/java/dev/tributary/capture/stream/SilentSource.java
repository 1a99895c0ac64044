// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.ServerTimeline;
import dev.tributary.row.RowImage;
import io.debezium.relational.TableId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An interleaved source that sends nothing. */
class SilentSource implements InterleavedSource {

    @Override
    public void start(Outlet outlet) {}

    @Override
    public void relation(TableId table, long oid) {}

    @Override
    public void relationElsewhere(long oid) {}

    @Override
    public void beforeChange(TableId table, long transaction, @Nullable RowImage before, @Nullable RowImage after) {}

    @Override
    public void betweenTransactions() {}

    @Override
    public void invalidate() {}

    @Override
    public boolean isWaiting() {
        return false;
    }

    @Override
    public void serverChanged(ServerTimeline server) {}

    @Override
    public Map<String, String> offsetEntries() {
        return Map.of();
    }
}
