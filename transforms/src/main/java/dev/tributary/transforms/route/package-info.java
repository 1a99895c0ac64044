// SPDX-License-Identifier: Apache-2.0
/**
 * Determines where a record goes: topics derived from the record or from its topic, and the field that keys need there.
 */
@NullMarked
package dev.tributary.transforms.route;

import org.jspecify.annotations.NullMarked;
