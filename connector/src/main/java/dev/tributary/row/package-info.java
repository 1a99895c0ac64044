// SPDX-License-Identifier: Apache-2.0
/**
 * A row in the bytes that Postgres sent, and the codecs that read its fields.
 *
 * <p>Late materialisation: pgoutput and {@code COPY} carry a row as text, and most rows leave as text again. So a row
 * stays a {@link dev.tributary.row.RowImage} until one of its fields is read; then a
 * {@link dev.tributary.row.ColumnCodec} turns that column into the value that Debezium would have produced.
 *
 * <p>The stream and the snapshots create rows; {@code record} and the converters read them. The package knows Connect's
 * data API and Debezium's types, and no other package of ours.
 */
@NullMarked
package dev.tributary.row;

import org.jspecify.annotations.NullMarked;
