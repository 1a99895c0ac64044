// SPDX-License-Identifier: Apache-2.0
/** Whether a small heap survives what is large: long transactions, huge rows. */
@NullMarked
package dev.tributary.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
