// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import java.util.OptionalLong;

/**
 * The replication slot.
 *
 * @param name {@code slot.name}
 * @param state whether it exists
 * @param retainedBytes how much WAL the server keeps for it now; empty if that is nothing or not known
 */
public record PlannedSlot(String name, State state, OptionalLong retainedBytes) {

    /** Whether a slot exists. */
    public enum State {
        EXISTS,
        WILL_BE_CREATED,
        /** The connector ends after its snapshot. */
        NOT_NEEDED
    }
}
