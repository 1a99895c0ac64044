// SPDX-License-Identifier: Apache-2.0
/** The tables and rows that all contestants read. */
@NullMarked
package dev.tributary.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
