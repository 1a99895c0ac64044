// SPDX-License-Identifier: Apache-2.0
/** The command {@code bench}: measures the connector, Debezium's and bare clients on one machine and in one run. */
@NullMarked
package dev.tributary.benchmarks;

import org.jspecify.annotations.NullMarked;
