// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.Map;
import java.util.Optional;

/**
 * Where a run of the connector begins.
 *
 * @param stored the offset to resume from; empty if there is none, or if it must not be used
 * @param confirmed the offset that Connect has stored: the server must keep everything after it. Not the same as
 *     {@code stored} if this run resumes from records that Connect has taken over and not stored yet
 * @param server the history that the positions of this run belong to; empty if the run does not stream
 */
public record StartingPoint(
        Optional<StoredOffset> stored, Optional<StoredOffset> confirmed, Optional<ServerTimeline> server) {

    /** The entries of every offset of this run that say which history its position belongs to. */
    public Map<String, String> serverEntries() {
        return server.map(ServerTimeline::offsetEntries).orElse(Map.of());
    }
}
