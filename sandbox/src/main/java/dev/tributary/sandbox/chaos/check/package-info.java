// SPDX-License-Identifier: Apache-2.0
/**
 * The checker of a chaos run: compares the records of the topics with what was committed, key by key, and says what was
 * lost, is out of order or was never committed.
 */
@NullMarked
package dev.tributary.sandbox.chaos.check;

import org.jspecify.annotations.NullMarked;
