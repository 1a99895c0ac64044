// SPDX-License-Identifier: Apache-2.0
/** How fast the rows are read that are there already, and what a row of them costs. */
@NullMarked
package dev.tributary.benchmarks.snapshot;

import org.jspecify.annotations.NullMarked;
