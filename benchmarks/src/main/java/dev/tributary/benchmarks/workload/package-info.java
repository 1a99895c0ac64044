// SPDX-License-Identifier: Apache-2.0
/** The table and the rows that every contestant is given. */
@NullMarked
package dev.tributary.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
