// SPDX-License-Identifier: Apache-2.0
/** What a transform costs per record, beside Debezium's counterpart. */
@NullMarked
package dev.tributary.benchmarks.transforms;

import org.jspecify.annotations.NullMarked;
