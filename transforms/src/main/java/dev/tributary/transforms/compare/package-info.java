// SPDX-License-Identifier: Apache-2.0
/** Finds out which columns of interest an update changed. */
@NullMarked
package dev.tributary.transforms.compare;

import org.jspecify.annotations.NullMarked;
