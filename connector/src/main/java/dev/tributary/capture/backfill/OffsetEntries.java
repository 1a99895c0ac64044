// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.position.ServerTimeline;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What each offset says of the backfill and of the server. Other threads read it, too. */
final class OffsetEntries {

    private final BackfillState state;
    private final Rereads rereads;
    private final String publication;
    private final Supplier<Map<String, String>> schema;

    /** The entries that say which server's history the position belongs to. */
    private Map<String, String> server;

    private volatile Map<String, String> now;

    /** @param schema the entries that the next start needs to know of the tables */
    OffsetEntries(
            BackfillState state,
            Rereads rereads,
            String publication,
            Map<String, String> server,
            Supplier<Map<String, String>> schema) {
        this.state = state;
        this.rereads = rereads;
        this.publication = publication;
        this.server = server;
        this.schema = schema;
        this.now = next();
    }

    /** The entries that count. */
    Map<String, String> now() {
        return now;
    }

    /** The entries that describe the state, and count once the records before them are sent. */
    Map<String, String> next() {
        TableId current = state.current();
        boolean rereadsCurrent = current != null && rereads.isNeeded(current);
        Map<String, String> next = new HashMap<>(state.offsetEntries(rereadsCurrent));
        next.put(BackfillState.PUBLICATION, publication);
        next.putAll(server);
        next.putAll(schema.get());
        return Map.copyOf(next);
    }

    /** The schema may have changed. */
    void updateSchema() {
        if (!now.entrySet().containsAll(schema.get().entrySet())) {
            update();
        }
    }

    /** The state has changed. */
    void update() {
        update(next());
    }

    /** @param next as {@link #next} has returned it */
    void update(Map<String, String> next) {
        now = next;
    }

    void serverChanged(ServerTimeline changed) {
        server = changed.offsetEntries();
        update();
    }
}
