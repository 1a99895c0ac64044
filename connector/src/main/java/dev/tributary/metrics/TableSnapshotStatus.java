// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

/** How far the snapshot of one table is. A class with getters: JMX shows such, and no records. */
public final class TableSnapshotStatus {

    private final String table;
    private final long rows;
    private final long estimatedRows;
    private final double percent;

    /**
     * @param table its name
     * @param rows how many of its rows have been sent
     * @param estimatedRows how many there are to send, as its last analyze lets expect
     * @param percent how much of its files has been read, from 0 to 100
     */
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
