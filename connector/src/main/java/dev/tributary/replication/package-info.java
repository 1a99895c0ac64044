// SPDX-License-Identifier: Apache-2.0
/**
 * The client side of a walsender: opens the connection, starts a slot, reads and decodes pgoutput, and reports
 * positions back.
 *
 * <p>{@code capture.stream} calls it, on the thread that streams; only {@link dev.tributary.replication.StatusTicker}
 * has a thread of its own. It knows pgjdbc, {@code position} and {@code row}, and neither Debezium nor Connect: what a
 * message means for an event is decided by the {@link dev.tributary.replication.PgOutputHandler} that the caller
 * passes.
 */
@NullMarked
package dev.tributary.replication;

import org.jspecify.annotations.NullMarked;
