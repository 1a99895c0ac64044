// SPDX-License-Identifier: Apache-2.0
/** Measures the usage of a JVM: CPU, allocation, garbage collection, heap. */
@NullMarked
package dev.tributary.benchmarks.meter;

import org.jspecify.annotations.NullMarked;
