// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Which of the records that wait in a queue leave it, and when. Used under the lock of the queue. */
sealed interface Departures permits Batches, Groups {

    /**
     * A record is added.
     *
     * @param flags as in {@link RecordBatch}
     */
    void add(SourceRecord record, long bytes, int flags);

    /** The last record is the last one of its unit. */
    void endUnit();

    /** Nothing more is ready to be read. */
    void ranDry();

    /** Connect asks for more records: it is done with those that left before. */
    void asked();

    /** Why no more records can leave than those that may now; null if there is no reason. */
    @Nullable
    RuntimeException failure();

    /** Whether any record may leave. */
    boolean isAnyReady();

    /**
     * Whether the capturing threads have to wait.
     *
     * @param held the bytes that wait, and those that Connect holds
     */
    boolean isFull(long held);

    /**
     * How many nanoseconds are left until records should leave, if the queue is not full; {@link Long#MAX_VALUE} if
     * none may.
     *
     * @param pauseLeft how much is left of the pause after the last ones; 0 or less if it is over
     */
    long untilDue(long pauseLeft);

    /** Removes the records that leave now. */
    List<SourceRecord> take() throws InterruptedException;
}
