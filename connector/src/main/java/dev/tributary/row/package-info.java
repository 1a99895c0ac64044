// SPDX-License-Identifier: Apache-2.0
/**
 * A row in the bytes Postgres sent, and what becomes of it when someone asks.
 *
 * <p>Late materialisation: pgoutput and {@code COPY} carry a row as text, and most rows leave as text again. So a row stays
 * a {@link dev.tributary.row.RowImage} until a field is read; then one {@link dev.tributary.row.ColumnCodec} turns one
 * column into the value that Debezium would have produced.
 */
@NullMarked
package dev.tributary.row;

import org.jspecify.annotations.NullMarked;
