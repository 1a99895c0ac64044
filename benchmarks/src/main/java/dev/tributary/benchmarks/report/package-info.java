// SPDX-License-Identifier: Apache-2.0
/** Reports runs: tables, targets, a plot, a page. */
@NullMarked
package dev.tributary.benchmarks.report;

import org.jspecify.annotations.NullMarked;
