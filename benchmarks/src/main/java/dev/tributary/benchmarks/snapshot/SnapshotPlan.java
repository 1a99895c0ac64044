// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param rounds how many snapshots everyone takes
 * @param rows the rows of the table
 * @param warmUp the rows of the table when everyone takes a snapshot before
 * @param contestants who takes part, by id; all if empty
 */
public record SnapshotPlan(int rounds, long rows, long warmUp, List<String> contestants) {

    public SnapshotPlan {
        contestants = List.copyOf(contestants);
        warmUp = Math.min(warmUp, rows);
    }

    boolean takesPart(String id) {
        return contestants.isEmpty() || contestants.contains(id);
    }
}
