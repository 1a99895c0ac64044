// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import javax.management.ConstructorParameters;

/**
 * The progress of the snapshot of one table. A class with getters, because JMX does not show records; a proxy of the
 * MBean makes it with its constructor.
 */
public final class TableSnapshotStatus {

    private final String table;
    private final long rows;
    private final long estimatedRows;
    private final double percent;

    /**
     * @param table its name
     * @param rows rows that have been sent
     * @param estimatedRows rows to send in total, estimated from its last analyze
     * @param percent percentage of its files that has been read, from 0 to 100
     */
    @ConstructorParameters({"table", "rows", "estimatedRows", "percent"})
    public TableSnapshotStatus(String table, long rows, long estimatedRows, double percent) {
        this.table = table;
        this.rows = rows;
        this.estimatedRows = estimatedRows;
        this.percent = percent;
    }

    public String getTable() {
        return table;
    }

    public long getRows() {
        return rows;
    }

    public long getEstimatedRows() {
        return estimatedRows;
    }

    public double getPercent() {
        return percent;
    }
}
