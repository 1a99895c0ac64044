// SPDX-License-Identifier: Apache-2.0
/** What records are made of beside the row, and how they leave: the same for streams and snapshots. */
@NullMarked
package dev.tributary.record;

import org.jspecify.annotations.NullMarked;
