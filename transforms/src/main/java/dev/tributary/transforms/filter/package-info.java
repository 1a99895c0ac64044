// SPDX-License-Identifier: Apache-2.0
/** Conditions in the Common Expression Language: compiled once, and evaluated on rows in place. */
@NullMarked
package dev.tributary.transforms.filter;

import org.jspecify.annotations.NullMarked;
