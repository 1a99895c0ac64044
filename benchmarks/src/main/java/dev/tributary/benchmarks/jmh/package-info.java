// SPDX-License-Identifier: Apache-2.0
/** The hot loops in isolation, measured with JMH: {@code ./tributary bench jmh}. */
@NullMarked
package dev.tributary.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
