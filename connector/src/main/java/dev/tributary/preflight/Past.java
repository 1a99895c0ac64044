// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.position.Lsn;
import dev.tributary.position.SlotMark;

/**
 * Whether a connector has captured before. Then its task accepts what a first start refuses: it may be that no row is
 * ever deleted from a table whose key the WAL does not have, or that nobody reads rows again.
 *
 * <p>Connect validates a configuration without the offsets of the connector. So a slot is taken for a sign: that of the
 * connector itself, whether or not its task runs and on which worker, or that of the Debezium connector that it
 * replaces. If there are no offsets after all, the task refuses to start with the same message.
 */
final class Past {

    private Past() {}

    static boolean hasCaptured(PreflightRequest request, Facts facts) {
        var connector = request.connector();
        return request.resumes() || (connector.validating() && (connector.runsHere() || hasSlot(request, facts)));
    }

    private static boolean hasSlot(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        var streams = !request.snapshot().initialOnly();
        if (slot == null || !streams || !facts.server().database().equals(slot.database())) {
            return false;
        }
        var confirmed = slot.confirmedFlushLsn();
        var position = confirmed == null ? null : new Lsn(confirmed.asLong());
        return position == null
                || !SlotMark.isOnAny(position)
                || SlotMark.of(request.topics().prefix()).canBeOn(position);
    }
}
