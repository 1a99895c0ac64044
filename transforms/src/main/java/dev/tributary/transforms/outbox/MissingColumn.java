// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** What becomes of a row that lacks an additional column. */
public enum MissingColumn {
    /** The task fails. */
    ERROR,
    /** The message goes without. */
    IGNORE
}
