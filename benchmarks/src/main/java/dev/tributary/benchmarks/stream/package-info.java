// SPDX-License-Identifier: Apache-2.0
/** How fast a backlog is drained, and what a row of it costs. */
@NullMarked
package dev.tributary.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
