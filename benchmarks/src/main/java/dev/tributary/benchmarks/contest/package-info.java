// SPDX-License-Identifier: Apache-2.0
/** Who is measured, and where: the contestants, their workers, and the servers they share. */
@NullMarked
package dev.tributary.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
