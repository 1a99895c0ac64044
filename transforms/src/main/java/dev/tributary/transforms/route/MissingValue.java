// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

/** What happens to a record that has no value for a variable of the template. */
public enum MissingValue {
    /** It is an error. */
    FAIL,
    /** The record keeps its topic. */
    KEEP
}
