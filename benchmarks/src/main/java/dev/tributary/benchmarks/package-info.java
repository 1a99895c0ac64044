// SPDX-License-Identifier: Apache-2.0
/** The command {@code bench}: ours beside stock Debezium and the raw limits, on one machine and in one run. */
@NullMarked
package dev.tributary.benchmarks;

import org.jspecify.annotations.NullMarked;
