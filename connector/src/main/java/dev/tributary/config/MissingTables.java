// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** What happens if an include list names a table that does not exist: {@code tables.missing}. */
public enum MissingTables {
    /** The connector does not start: most such names are misspelt. */
    FAIL,
    /** The connector runs, and captures the table once it is created. */
    WAIT
}
