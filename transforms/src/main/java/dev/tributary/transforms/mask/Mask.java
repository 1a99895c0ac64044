// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import org.jspecify.annotations.Nullable;

/** Replaces a value. */
interface Mask {

    /** @param value is not modified, and never null: a null stays null */
    @Nullable
    Object of(Object value);
}
