// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** What becomes of an update in an outbox table, which sends no message. */
public enum Updates {
    /** Dropped, with a warning. */
    WARN,
    /** Dropped, with an error in the log. */
    ERROR,
    /** The task fails. */
    FATAL
}
