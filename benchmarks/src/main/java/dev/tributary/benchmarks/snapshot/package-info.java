// SPDX-License-Identifier: Apache-2.0
/** Measures how fast a snapshot reads existing rows, and the cost per row. */
@NullMarked
package dev.tributary.benchmarks.snapshot;

import org.jspecify.annotations.NullMarked;
