// SPDX-License-Identifier: Apache-2.0
/** How long a change takes from its commit to a consumer. */
@NullMarked
package dev.tributary.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
