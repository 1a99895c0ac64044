// SPDX-License-Identifier: Apache-2.0
/** Tests long snapshots, long transactions and huge rows with a small heap. */
@NullMarked
package dev.tributary.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
