// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** What happens to the existing rows of a table that is first captured after the first snapshot: {@code new.tables}. */
public enum NewTables {
    /** The rows are read while the connector streams. */
    BACKFILL,
    /** The rows are not read, as with Debezium: only later changes are sent. */
    STREAM
}
