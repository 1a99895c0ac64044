// SPDX-License-Identifier: Apache-2.0
/** Measures the cost of a transform per record, compared with Debezium's counterpart. */
@NullMarked
package dev.tributary.benchmarks.transforms;

import org.jspecify.annotations.NullMarked;
