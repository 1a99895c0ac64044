// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history that positions belong to. A server that is promoted, or restored to a point in time, begins a new
 * timeline (<a
 * href="https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES">timelines</a>). After the
 * fork, the same position means another change. Servers that do not know of each other give their timelines the same
 * number; where they began tells these apart.
 *
 * @param systemId the system identifier of the database cluster; standbys have that of their primary
 * @param timeline the timeline, from 1
 * @param history its ancestors; null if they are not known, as in an offset of an earlier version
 */
public record ServerTimeline(
        String systemId, long timeline, @Nullable TimelineHistory history) {

    /** Offset key: the system identifier. */
    public static final String SYSTEM_ID = "server_id";

    /** Offset key: the timeline. */
    public static final String TIMELINE = "server_timeline";

    /** Offset key: where the timeline, and its ancestors, began. */
    public static final String HISTORY = "server_history";

    /** The end of a timeline that is not known to have ended. */
    private static final Lsn OPEN = new Lsn(-1);

    /** A timeline, and where it was left. */
    private record Stretch(long timeline, Lsn end) {}

    /** The history that an offset belongs to; empty if the offset does not say, such as one that Debezium wrote. */
    public static Optional<ServerTimeline> of(StoredOffset offset) {
        Map<String, ?> values = offset.values();
        return values.get(SYSTEM_ID) instanceof String id && values.get(TIMELINE) instanceof String timeline
                ? Optional.of(new ServerTimeline(
                        id, Long.parseLong(timeline), history(Long.parseLong(timeline), values.get(HISTORY))))
                : Optional.empty();
    }

    private static @Nullable TimelineHistory history(long timeline, @Nullable Object text) {
        if (timeline == 1) {
            return TimelineHistory.NONE;
        }
        return text instanceof String entries ? TimelineHistory.ofText(entries) : null;
    }

    /** The entries of an offset that belongs to this history. */
    public Map<String, String> offsetEntries() {
        Map<String, String> entries = new HashMap<>();
        entries.put(SYSTEM_ID, systemId);
        entries.put(TIMELINE, Long.toString(timeline));
        if (history != null && timeline > 1) {
            entries.put(HISTORY, history.text());
        }
        return Map.copyOf(entries);
    }

    /** Whether positions of both mean the same, as far as is known. */
    public boolean isSame(ServerTimeline other) {
        if (!systemId.equals(other.systemId) || timeline != other.timeline) {
            return false;
        }
        if (history == null || other.history == null) {
            return true;
        }
        long first = Math.max(first(), other.first());
        return stretches(history, first).equals(other.stretches(other.history, first));
    }

    /** The position at which the two histories part; empty if they are the same, or if it is not known. */
    Optional<Lsn> fork(ServerTimeline other) {
        if (!systemId.equals(other.systemId)) {
            return Optional.empty();
        }
        if (history == null || other.history == null) {
            return Optional.ofNullable(other.history).flatMap(known -> known.endOf(timeline));
        }
        long first = Math.max(first(), other.first());
        List<Stretch> ours = stretches(history, first);
        List<Stretch> theirs = other.stretches(other.history, first);
        Optional<Lsn> common = Optional.empty();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            Stretch our = ours.get(i);
            Stretch their = theirs.get(i);
            if (our.timeline != their.timeline) {
                return common;
            }
            if (!our.end.equals(their.end)) {
                return Optional.of(our.end.isAfter(their.end) ? their.end : our.end);
            }
            common = Optional.of(our.end);
        }
        return Optional.empty();
    }

    /** The first timeline that is known: an offset has the last ones only. */
    private long first() {
        return history == null || history.ends().isEmpty()
                ? timeline
                : history.ends().firstKey();
    }

    private List<Stretch> stretches(TimelineHistory known, long first) {
        List<Stretch> stretches = new ArrayList<>();
        known.from(first).ends().forEach((ancestor, end) -> stretches.add(new Stretch(ancestor, end)));
        stretches.add(new Stretch(timeline, OPEN));
        return stretches;
    }

    /** For messages. */
    @Override
    public String toString() {
        return "timeline " + timeline + " of system " + systemId
                + (history == null || history.ends().isEmpty() ? "" : " (" + history.text() + ")");
    }
}
