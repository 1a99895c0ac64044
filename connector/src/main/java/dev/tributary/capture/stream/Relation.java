// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.RowCodec;
import io.debezium.relational.TableId;
import java.util.Optional;

/**
 * A table as the last relation message described it.
 *
 * @param table its name
 * @param values what becomes of its rows
 * @param keys what becomes of their keys; empty when its records have none
 */
record Relation(TableId table, RowCodec values, Optional<RowCodec> keys) {}
