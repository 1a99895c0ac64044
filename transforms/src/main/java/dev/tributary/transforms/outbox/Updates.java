// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** What happens to an update in an outbox table. It never sends a message. */
public enum Updates {
    /** Dropped and logged as a warning. */
    WARN,
    /** Dropped and logged as an error. */
    ERROR,
    /** The task fails. */
    FATAL
}
