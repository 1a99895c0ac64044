// SPDX-License-Identifier: Apache-2.0
/** Watches the slot and the WAL that it retains: forecasts when the slot is lost, and alerts before that. */
@NullMarked
package dev.tributary.guard;

import org.jspecify.annotations.NullMarked;
