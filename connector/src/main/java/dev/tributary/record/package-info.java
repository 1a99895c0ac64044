// SPDX-License-Identifier: Apache-2.0
/**
 * The parts of a record that surround the row: envelope, source block, timestamp. The same for streams and snapshots.
 *
 * <p>{@code capture.stream} and {@code capture.snapshot} make records here, from rows of the {@code row} package. A
 * record equals the one that Debezium's dispatcher would make; its parts come into being when somebody reads them. The
 * room knows Debezium's schemas, Connect's API, and {@code metrics} for what counts an event; it knows nothing of
 * slots, threads or the database.
 */
@NullMarked
package dev.tributary.record;

import org.jspecify.annotations.NullMarked;
