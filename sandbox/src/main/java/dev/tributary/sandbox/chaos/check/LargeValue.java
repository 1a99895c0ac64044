// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import org.jspecify.annotations.Nullable;

/**
 * The large value of a row, or what its digest has around the value if the record leaves it out.
 *
 * @param value the value; null if the record leaves it out, because an update did not change it
 * @param before the text of the digest before the value
 * @param after the text after it
 */
record LargeValue(@Nullable String value, String before, String after) {

    /** The digest that the row has with this value. */
    String digestWith(String other) {
        return PayloadDigest.md5(before + other + after);
    }
}
