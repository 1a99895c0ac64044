// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.Map;
import java.util.Optional;

/**
 * The history that positions belong to. A server that is promoted, or restored to a point in time, begins a new
 * timeline (<a
 * href="https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES">timelines</a>). After the
 * fork, the same position means another change.
 *
 * @param systemId the system identifier of the database cluster; standbys have that of their primary
 * @param timeline the timeline, from 1
 */
public record ServerTimeline(String systemId, long timeline) {

    /** Offset key: the system identifier. */
    public static final String SYSTEM_ID = "server_id";

    /** Offset key: the timeline. */
    public static final String TIMELINE = "server_timeline";

    /** The history that an offset belongs to; empty if the offset does not say, such as one that Debezium wrote. */
    public static Optional<ServerTimeline> of(StoredOffset offset) {
        Map<String, ?> values = offset.values();
        return values.get(SYSTEM_ID) instanceof String id && values.get(TIMELINE) instanceof String timeline
                ? Optional.of(new ServerTimeline(id, Long.parseLong(timeline)))
                : Optional.empty();
    }

    /** The entries of an offset that belongs to this history. */
    public Map<String, String> offsetEntries() {
        return Map.of(SYSTEM_ID, systemId, TIMELINE, Long.toString(timeline));
    }
}
