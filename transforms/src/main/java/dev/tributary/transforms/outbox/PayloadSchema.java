// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** The schema that an expanded payload gets. */
public enum PayloadSchema {
    /** The one that its JSON suggests. */
    INFERRED,
    /** None: maps and lists, just as the JSON has them. */
    NONE
}
