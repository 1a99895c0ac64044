// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.compare;

/** What the diff header contains. */
public enum Diff {
    /** The names of the changed columns. */
    COLUMNS,
    /** Also their values before and after the change. */
    VALUES
}
