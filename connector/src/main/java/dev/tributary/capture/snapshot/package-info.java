// SPDX-License-Identifier: Apache-2.0
/**
 * The snapshot at the start of a connector: reads tables by COPY, in chunks, on several connections at once, and
 * resumes after a crash where it was.
 *
 * <p>Debezium's coordinator runs {@link dev.tributary.capture.snapshot.SnapshotSource} on its own thread before
 * streaming starts; that thread starts the reading threads. {@code capture.backfill} uses its tables, chunks and COPY
 * loop. The room uses {@code capture.stream} to catch up, and {@code postgres} for shared snapshots and catalog
 * queries.
 */
@NullMarked
package dev.tributary.capture.snapshot;

import org.jspecify.annotations.NullMarked;
