// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

/** What becomes of a name that no topic can have. */
public enum IllegalName {
    /** It is an error. */
    FAIL,
    /** Each character that is not legal becomes {@code _}, and what is too long is cut. */
    REPLACE
}
