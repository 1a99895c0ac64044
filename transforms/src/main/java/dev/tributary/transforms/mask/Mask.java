// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import org.jspecify.annotations.Nullable;

/** What becomes of a value. */
interface Mask {

    /** @param value is left as it is; a null never comes here: it stays one */
    @Nullable
    Object of(Object value);
}
