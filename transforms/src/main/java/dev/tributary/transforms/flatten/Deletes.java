// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.flatten;

/** What happens to a delete event, and to the tombstone that the connector sends after it. */
public enum Deletes {
    /** The delete becomes a tombstone; the one that follows is a duplicate and is dropped. */
    TOMBSTONE,
    /** The delete becomes the old row, marked as deleted; tombstones are dropped. */
    REWRITE,
    /** The delete becomes the old row, marked as deleted, and the tombstone follows. */
    BOTH,
    /** Deletes and tombstones are dropped. */
    DROP;

    /** Whether rows have a field {@code __deleted}. */
    public boolean marks() {
        return this == REWRITE || this == BOTH;
    }

    /** Whether incoming tombstones are passed on, unless they are duplicates. */
    public boolean keepsTombstones() {
        return this == TOMBSTONE || this == BOTH;
    }
}
