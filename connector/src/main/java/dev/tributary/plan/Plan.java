// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a start of the connector without stored offset would do.
 *
 * @param tables the captured tables
 * @param topics the topics of their events, and of metadata
 * @param withoutSchemas why the topics have no schemas; empty if they have
 * @param renaming what may give events other topics than these: names of options with their values
 * @param slot the replication slot
 * @param publication the publication
 * @param identities statements that the connector runs to set the replica identities that its options choose
 * @param snapshot what a snapshot reads, and how long it takes
 * @param memory how much memory waiting events may take
 */
public record Plan(
        List<PlannedTable> tables,
        List<PlannedTopic> topics,
        Optional<String> withoutSchemas,
        List<String> renaming,
        PlannedSlot slot,
        PlannedPublication publication,
        List<String> identities,
        PlannedSnapshot snapshot,
        QueueMemory memory) {

    public Plan {
        tables = List.copyOf(tables);
        topics = List.copyOf(topics);
        renaming = List.copyOf(renaming);
        identities = List.copyOf(identities);
    }
}
