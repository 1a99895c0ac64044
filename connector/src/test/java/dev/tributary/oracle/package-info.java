// SPDX-License-Identifier: Apache-2.0
/**
 * The differential oracle: Debezium's task and ours read the same WAL of a real Postgres, and must send the same
 * records.
 *
 * <p>How a case runs:
 *
 * <ol>
 *   <li>{@link Wal} creates a database and a slot, runs the statements of the case, and sets a {@link Mark} at the end:
 *       a logical message that every contender sees.
 *   <li>Each {@link Contender} reads from its own copy of the slot up to the mark. A {@link Capture} drives its task
 *       the way a Connect worker does, with {@link MemoryOffsets} instead of a topic.
 *   <li>{@link Readings} holds both lists of records. {@link RecordComparison} compares everything that a consumer, a
 *       worker or the next start could notice, and reports the first {@link Differences}.
 * </ol>
 *
 * <p>The WAL is complete before anyone reads it. So both contenders see the same catalog, neither has to wait for the
 * other, and a case can be read again with other options: a {@link Mode}.
 *
 * <p>The cases: every type, replica identity and odd name ({@link Everything}), transactions of every shape
 * ({@link Transactions}), changed tables ({@link SchemaChanges}), random statements ({@link RandomChanges}), restarts
 * at any record ({@link Restarts}), and switches between the two connectors ({@link Switches}). Where Debezium is
 * wrong, a test shows both sides ({@link DebeziumErrorsOracleIT}).
 *
 * <p>Debezium has no counterpart for resumed snapshots and backfills. Their tests rebuild the tables from the records,
 * as a consumer would, and compare them with the database ({@link RebuiltTables}, {@link GoodsHistory}).
 *
 * <p>{@code -Doracle.mode=PART} runs the modes whose name contains a text, {@code -Doracle.postgres=14} an older
 * server. Random cases print their seed: {@code -Doracle.seed} repeats one, {@code -Doracle.seconds} runs more of them.
 */
@NullMarked
package dev.tributary.oracle;

import org.jspecify.annotations.NullMarked;
