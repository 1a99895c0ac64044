// SPDX-License-Identifier: Apache-2.0
/** JSON in the values of columns. */
@NullMarked
package dev.tributary.transforms.json;

import org.jspecify.annotations.NullMarked;
