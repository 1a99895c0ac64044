// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

/** What can become of changes that cannot be saved. */
public enum LossKind {
    /** They were committed, still exist, and do not arrive. */
    LOST,
    /** They arrived, and no longer exist: a standby was promoted without them, or a backup was restored. */
    UNDONE
}
