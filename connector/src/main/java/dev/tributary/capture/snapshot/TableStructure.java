// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;

/**
 * The structure of a table, as Debezium describes it.
 *
 * @param table its columns
 * @param schema the schemas of its events
 */
public record TableStructure(Table table, TableSchema schema) {}
