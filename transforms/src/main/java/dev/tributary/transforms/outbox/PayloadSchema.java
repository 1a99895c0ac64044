// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** The schema of an expanded payload. */
public enum PayloadSchema {
    /** Derived from the JSON. */
    INFERRED,
    /** No schema: maps and lists, as in the JSON. */
    NONE
}
