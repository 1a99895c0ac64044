// SPDX-License-Identifier: Apache-2.0
/** Measures the time from the commit of a change to a consumer. */
@NullMarked
package dev.tributary.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
