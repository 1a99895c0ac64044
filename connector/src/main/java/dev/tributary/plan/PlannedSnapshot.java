// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import java.util.Optional;

/**
 * What a snapshot reads.
 *
 * @param tables how many tables; 0 if the connector takes no snapshot
 * @param bytes how many bytes they have together; a partition that is captured together with its table counts twice,
 *     because it is read twice
 * @param sessions how many sessions read at the same time: {@code snapshot.max.threads}
 * @param estimate how long it takes; empty if that is not known
 * @param reason why there is no estimate; empty if there is one
 */
public record PlannedSnapshot(
        int tables, long bytes, int sessions, Optional<SnapshotEstimate> estimate, Optional<String> reason) {

    static PlannedSnapshot estimated(int tables, long bytes, SnapshotEstimate estimate) {
        return new PlannedSnapshot(tables, bytes, estimate.sessions(), Optional.of(estimate), Optional.empty());
    }

    static PlannedSnapshot unknown(int tables, long bytes, int sessions, String reason) {
        return new PlannedSnapshot(tables, bytes, sessions, Optional.empty(), Optional.of(reason));
    }
}
