// SPDX-License-Identifier: Apache-2.0
/** Measures how fast a backlog is drained, and the cost per row. */
@NullMarked
package dev.tributary.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
