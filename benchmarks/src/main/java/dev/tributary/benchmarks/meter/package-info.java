// SPDX-License-Identifier: Apache-2.0
/** What a JVM has used: CPU, allocation, garbage collection, heap. */
@NullMarked
package dev.tributary.benchmarks.meter;

import org.jspecify.annotations.NullMarked;
