// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

/** What happens if a rule matches no column of a table that it is about. */
public enum UnmatchedRules {
    /** The log says so, once. */
    WARN,
    /** The record is an error. */
    FAIL
}
