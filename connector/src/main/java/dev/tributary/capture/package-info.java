// SPDX-License-Identifier: Apache-2.0
/**
 * A run of Debezium's framework with our sources in it, from the start of a task to its end or its first failure.
 *
 * <p>{@link dev.tributary.capture.CaptureTask} is what {@code PostgresSourceTask} starts and polls. On the way in
 * between, Debezium's coordinator decides what runs when; this is the path it hides:
 *
 * <ol>
 *   <li>{@code CaptureTask.start} creates an {@link dev.tributary.capture.Assembly}, which opens connections, schema,
 *       queue and slot, and starts {@code PostgresChangeEventSourceCoordinator}. The call returns; the rest happens on
 *       the coordinator's thread.
 *   <li>The coordinator asks {@link dev.tributary.capture.SourceFactory} for a snapshot source and executes it:
 *       {@code capture.snapshot}'s {@code SnapshotSource}.
 *   <li>It then asks for a streaming source and calls {@code init} and {@code execute}: {@code capture.stream}'s
 *       {@code StreamingSource} reads the slot until the task stops. {@code capture.backfill} runs on the same thread.
 *   <li>Signals arrive on a thread of their own. Incremental snapshots run there and on the streaming thread, guarded
 *       by {@link dev.tributary.capture.SerialSnapshots}; a blocking snapshot pauses the stream.
 *   <li>All records enter the {@code ArrivalQueue}; {@code CaptureTask.doPoll} takes them out on Connect's thread.
 *   <li>A failure on any of these threads reaches {@link dev.tributary.capture.CaptureErrorHandler}, and leaves
 *       {@code poll} as a {@code CaptureFailedException}.
 *   <li>Connect commits offsets on a thread of its own: {@code CaptureTask.commit} reads what is stored, and
 *       {@code StreamingSource.commitOffset} acknowledges it to the slot.
 * </ol>
 *
 * <p>The room may use all capture rooms and everything below them. It does not know the preflight, nor who runs it.
 */
@NullMarked
package dev.tributary.capture;

import org.jspecify.annotations.NullMarked;
