// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

/** What happens to record keys. */
public enum KeyMode {
    /** The rules apply to their columns as well. */
    MASK,
    /** Keys stay as they are. */
    KEEP
}
