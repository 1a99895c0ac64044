// SPDX-License-Identifier: Apache-2.0
/** The contestants, their workers, the servers that they share, and their turns. */
@NullMarked
package dev.tributary.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
