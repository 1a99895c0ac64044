// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import java.util.List;
import java.util.OptionalLong;

/**
 * A captured table.
 *
 * @param name {@code schema.table}
 * @param rows an estimate of its rows, those of its partitions included; empty if it was never analyzed
 * @param bytes its size without indexes, that of its partitions included
 * @param partitions the tables that hold its rows, if it is partitioned
 * @param inSnapshot whether a snapshot would read its rows
 */
public record PlannedTable(
        String name, OptionalLong rows, long bytes, List<PlannedPartition> partitions, boolean inSnapshot) {

    /**
     * A partition that holds rows.
     *
     * @param name {@code schema.table}
     * @param rows an estimate of its rows; empty if it was never analyzed
     * @param bytes its size without indexes
     */
    public record PlannedPartition(String name, OptionalLong rows, long bytes) {}

    public PlannedTable {
        partitions = List.copyOf(partitions);
    }
}
