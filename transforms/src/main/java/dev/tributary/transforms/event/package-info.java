// SPDX-License-Identifier: Apache-2.0
/** What a record says about a row: the envelope, its parts, and the columns of a row, as structs or as maps. */
@NullMarked
package dev.tributary.transforms.event;

import org.jspecify.annotations.NullMarked;
