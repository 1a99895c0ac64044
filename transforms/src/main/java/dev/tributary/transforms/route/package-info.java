// SPDX-License-Identifier: Apache-2.0
/** Where a record goes: topics that are told by the record or by the topic it has, and what a key needs there. */
@NullMarked
package dev.tributary.transforms.route;

import org.jspecify.annotations.NullMarked;
