// SPDX-License-Identifier: Apache-2.0
/** Globs over dotted names, such as {@code shop.*}: how options choose tables and columns. */
@NullMarked
package dev.tributary.transforms.glob;

import org.jspecify.annotations.NullMarked;
