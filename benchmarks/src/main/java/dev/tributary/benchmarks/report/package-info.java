// SPDX-License-Identifier: Apache-2.0
/** What a run is told as: tables, targets, a plot, a page. */
@NullMarked
package dev.tributary.benchmarks.report;

import org.jspecify.annotations.NullMarked;
