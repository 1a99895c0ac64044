// SPDX-License-Identifier: Apache-2.0
/** Globs over dotted names, such as {@code shop.*}. Options use them to choose tables and columns. */
@NullMarked
package dev.tributary.transforms.glob;

import org.jspecify.annotations.NullMarked;
