// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

/** Incremental snapshots that know whether one of their threads is at work. */
public interface BusySnapshots {

    /**
     * Whether a thread is at work. Meanwhile Debezium's context does not say reliably that a snapshot is running: a
     * chunk that cannot be read is first taken for the end of the snapshot.
     */
    boolean isBusy();
}
