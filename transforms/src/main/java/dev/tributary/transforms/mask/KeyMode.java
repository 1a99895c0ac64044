// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

/** What becomes of the keys of records. */
public enum KeyMode {
    /** The rules go for their columns, too. */
    MASK,
    /** They stay as they are. */
    KEEP
}
