// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

/** What happens to a record whose table is not known. */
public enum UnknownTable {
    /** It is an error. */
    FAIL,
    /** It stays as it is. */
    PASS
}
