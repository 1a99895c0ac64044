// SPDX-License-Identifier: Apache-2.0
/** What an update has changed, of the columns that are of interest. */
@NullMarked
package dev.tributary.transforms.compare;

import org.jspecify.annotations.NullMarked;
