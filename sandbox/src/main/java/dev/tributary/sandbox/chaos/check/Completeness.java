// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

/** How the records of a key end, compared with its history. */
enum Completeness {
    /** With its last change. */
    COMPLETE,
    /** Before its last change, which may be missing, and nothing shows what became of the row. */
    EXCUSED,
    /** Before its last change, which must not be missing. */
    INCOMPLETE
}
