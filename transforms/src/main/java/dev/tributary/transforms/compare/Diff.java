// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.compare;

/** What a header tells about a change. */
public enum Diff {
    /** The names of the columns. */
    COLUMNS,
    /** Their values, too, as they were and as they are. */
    VALUES
}
