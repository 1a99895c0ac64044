// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A slot in {@code synchronized_standby_slots} of a primary (Postgres 17 and later): a walsender of a slot with
 * {@code failover} sends no WAL that the standby behind it has not confirmed.
 *
 * @param name its name
 * @param state what it is
 * @param unconfirmedBytes how much WAL the standby has not confirmed yet; null if nothing is known
 * @param inactiveSeconds how long no standby has used it; null while one does, or if there is no such slot
 */
public record StandbySlot(
        String name,
        State state,
        @Nullable Long unconfirmedBytes,
        @Nullable Long inactiveSeconds) {

    /** What a slot is, by what that means to the walsenders that wait for it. */
    public enum State {
        /** A standby uses it. */
        ACTIVE("is in use"),
        /** No standby uses it at the moment. */
        INACTIVE("is not in use"),
        /** The server has invalidated it. */
        INVALID("is invalid"),
        /** It is a logical slot, and no walsender that waits for it ever sends anything. */
        LOGICAL("is a logical slot, not that of a standby"),
        /** There is no such slot. */
        MISSING("does not exist");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** The end of a sentence whose subject is the slot. */
        public String text() {
            return text;
        }
    }

    /** Whether somebody has to do something before a walsender gets past it. */
    public boolean isBroken() {
        return switch (state) {
            case ACTIVE, INACTIVE -> false;
            case INVALID, LOGICAL, MISSING -> true;
        };
    }
}
