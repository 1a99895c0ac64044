// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import org.jspecify.annotations.Nullable;

/**
 * How large a table is, with its partitions and the tables that inherit from it.
 *
 * @param table the table
 * @param rows an estimate of how many rows there are, from the last vacuum or analyze; null if a table that holds some
 *     was never analyzed
 * @param bytes {@code pg_table_size}: with values that are stored out of line, without indexes
 */
public record TableSize(TableName table, @Nullable Long rows, long bytes) {}
