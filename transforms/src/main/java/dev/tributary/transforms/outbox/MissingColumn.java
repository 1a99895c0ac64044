// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** What happens to a row that does not have an additional column. */
public enum MissingColumn {
    /** The task fails. */
    ERROR,
    /** The message is sent without it. */
    IGNORE
}
