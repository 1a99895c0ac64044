// SPDX-License-Identifier: Apache-2.0
/** A change event's attributes as CloudEvents names them: which event, when, of what kind. */
@NullMarked
package dev.tributary.transforms.cloudevent;

import org.jspecify.annotations.NullMarked;
