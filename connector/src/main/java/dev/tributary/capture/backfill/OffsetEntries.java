// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.position.ServerTimeline;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What each offset says of the backfill and of the server. Other threads read it, too. */
final class OffsetEntries {

    private final BackfillState state;
    private final Rereads rereads;
    private final String publication;
    private final Supplier<Map<String, String>> schema;

    /** The entries that say which server's history the position belongs to. */
    private Map<String, String> server;

    private final AtomicReference<Made> now;

    /**
     * @param all all entries
     * @param schema those of the schema among them
     */
    private record Made(Map<String, String> all, Map<String, String> schema) {

        Made with(Map<String, String> changed) {
            Map<String, String> next = new HashMap<>(all);
            next.keySet().removeAll(schema.keySet());
            next.putAll(changed);
            return new Made(Map.copyOf(next), changed);
        }
    }

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
        this.now = new AtomicReference<>(new Made(next(), schema.get()));
    }

    /** The entries that count. The schema may have changed, also on another thread. */
    Map<String, String> now() {
        Made made = Objects.requireNonNull(now.get());
        Map<String, String> current = schema.get();
        if (made.schema == current) {
            return made.all;
        }
        Made changed = made.with(current);
        now.compareAndSet(made, changed);
        return changed.all;
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

    /** The state has changed. */
    void update() {
        update(next());
    }

    /** @param next as {@link #next} has returned it */
    void update(Map<String, String> next) {
        now.set(new Made(next, schema.get()).with(schema.get()));
    }

    void serverChanged(ServerTimeline changed) {
        server = changed.offsetEntries();
        update();
    }
}
