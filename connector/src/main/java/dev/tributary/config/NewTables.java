// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** What becomes of the rows of a table that the connector begins to capture after its first snapshot. */
public enum NewTables {
    /** They are read while the connector streams. */
    BACKFILL,
    /** They stay unread, as with Debezium: only what is changed from then on is sent. */
    STREAM
}
