// SPDX-License-Identifier: Apache-2.0
/** From the envelope to the row: what becomes of deletes, and what of the envelope a row keeps. */
@NullMarked
package dev.tributary.transforms.flatten;

import org.jspecify.annotations.NullMarked;
