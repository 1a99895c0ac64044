// SPDX-License-Identifier: Apache-2.0
/**
 * The handover of records from the threads that capture to the thread that Connect polls on.
 *
 * <p>{@code capture.stream} and {@code capture.snapshot} open a {@link dev.tributary.handover.RecordLane} and add
 * records to it; Debezium's parts put theirs into {@link dev.tributary.handover.ArrivalQueue#inlet};
 * {@code CaptureTask} polls. The room keeps order, bounds what waits in events and bytes, and never parts records that
 * belong together. It does not know what is in a record.
 */
@NullMarked
package dev.tributary.handover;

import org.jspecify.annotations.NullMarked;
