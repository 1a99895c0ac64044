// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

/** Why the last record of a key cannot be compared with the row. */
public enum Uncompared {
    /** The row went with a TRUNCATE, which has no record of its own for the key. */
    TRUNCATED("truncated"),
    /** The last record is of a timeline that no longer exists. */
    VANISHED("undone"),
    /** The last record is a late repeat of a worker that was stopped. */
    STRAY("late repeat"),
    /** The last change was lost, and this was reported or has no event. */
    LOST("lost"),
    /** The last change is a delete that a snapshot or a backfill cannot show. */
    DELETE_LOST("lost delete");

    private final String title;

    Uncompared(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
