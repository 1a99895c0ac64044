// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.flatten;

/** What becomes of the event of a delete, and of the tombstone that the connector sends behind it. */
public enum Deletes {
    /** A tombstone; the one behind it would be a repetition and is dropped. */
    TOMBSTONE,
    /** The row as it was, marked as deleted; tombstones are dropped. */
    REWRITE,
    /** The row as it was, marked as deleted, and the tombstone. */
    BOTH,
    /** Nothing; tombstones are dropped. */
    DROP;

    /** Whether rows carry {@code __deleted}. */
    public boolean marks() {
        return this == REWRITE || this == BOTH;
    }

    /** Whether a tombstone that comes in goes on, unless it repeats one. */
    public boolean keepsTombstones() {
        return this == TOMBSTONE || this == BOTH;
    }
}
