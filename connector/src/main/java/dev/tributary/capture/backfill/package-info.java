// SPDX-License-Identifier: Apache-2.0
/**
 * The backfill: reads tables that are new to the connector while it streams, {@code new.tables=backfill}.
 *
 * <p>The stream calls {@link dev.tributary.capture.backfill.Backfill} on its own thread, as an interleaved source:
 * before each change, between transactions, and while idle. There is no other thread. A chunk is read at one moment,
 * waits in a {@link dev.tributary.capture.backfill.RowWindow} until the stream has reached that moment, and is sent.
 * The room uses the snapshot's tables, chunks and COPY loop, and {@code postgres} for its connection. See
 * docs/adr/0009-new-tables.md.
 */
@NullMarked
package dev.tributary.capture.backfill;

import org.jspecify.annotations.NullMarked;
