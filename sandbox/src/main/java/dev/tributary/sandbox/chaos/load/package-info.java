// SPDX-License-Identifier: Apache-2.0
/**
 * The tables that a chaos run captures, the load on them, and the truth: what was committed, written by triggers in the
 * same transactions.
 */
@NullMarked
package dev.tributary.sandbox.chaos.load;

import org.jspecify.annotations.NullMarked;
