// SPDX-License-Identifier: Apache-2.0
/** The attributes of a change event under the names of CloudEvents: identity and time. */
@NullMarked
package dev.tributary.transforms.cloudevent;

import org.jspecify.annotations.NullMarked;
