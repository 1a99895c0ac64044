// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

/** What happens to a name that is not legal for a topic. */
public enum IllegalName {
    /** It is an error. */
    FAIL,
    /** Each illegal character becomes {@code _}, and a name that is too long is cut. */
    REPLACE
}
