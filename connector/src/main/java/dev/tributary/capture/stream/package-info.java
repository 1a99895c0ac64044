// SPDX-License-Identifier: Apache-2.0
/**
 * Streaming: turns the messages of a slot into records, with an offset from which a restart resumes exactly.
 *
 * <p>Debezium's coordinator runs {@link dev.tributary.capture.stream.StreamingSource} on its streaming thread;
 * {@code capture.snapshot} uses {@link dev.tributary.capture.stream.CatchUpStream} to bring an interrupted snapshot up
 * to date. The path of a message: {@code ReplicationReader} → {@code PgOutputDecoder} → {@code StreamDispatch} →
 * {@code RowChange} → {@code DirectTarget} (or Debezium's dispatcher, where it does more than count and send) →
 * {@code RecordLane}. The room knows {@code replication}, {@code handover}, {@code record} and what lies below, and no
 * snapshot.
 */
@NullMarked
package dev.tributary.capture.stream;

import org.jspecify.annotations.NullMarked;
