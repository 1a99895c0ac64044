// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server is set to do with slots and their walsenders, and what can be seen of its standbys.
 *
 * @param idleLimitSeconds {@code idle_replication_slot_timeout}; null without one, and before Postgres 18
 * @param decodingMemoryMegabytes the largest {@code logical_decoding_work_mem} that the server accepts
 * @param isFailover whether the slot of the connector has {@code failover}; null if it does not exist, or before
 *     Postgres 17
 * @param waitedFor the slots in {@code synchronized_standby_slots}
 * @param standbys the physical slots that standbys use
 * @param standbysWithFeedback those of them whose standby sends {@code hot_standby_feedback}
 * @param isSynchronizing whether a standby synchronizes slots, as far as this role may see that
 */
public record SlotSettings(
        @Nullable Long idleLimitSeconds,
        long decodingMemoryMegabytes,
        @Nullable Boolean isFailover,
        List<StandbySlot> waitedFor,
        List<String> standbys,
        List<String> standbysWithFeedback,
        boolean isSynchronizing) {

    public SlotSettings {
        waitedFor = List.copyOf(waitedFor);
        standbys = List.copyOf(standbys);
        standbysWithFeedback = List.copyOf(standbysWithFeedback);
    }
}
