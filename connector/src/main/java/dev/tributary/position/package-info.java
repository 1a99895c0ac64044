// SPDX-License-Identifier: Apache-2.0
/**
 * Positions in the stream of changes: {@link dev.tributary.position.Lsn}, the exact
 * {@link dev.tributary.position.Position} of a change, and the offset in which Connect stores it.
 *
 * <p>The task and the capture classes call it. It knows the JDK only, so that positions can be compared and tested
 * without Connect, Debezium or a database.
 */
@NullMarked
package dev.tributary.position;

import org.jspecify.annotations.NullMarked;
