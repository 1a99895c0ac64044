// SPDX-License-Identifier: Apache-2.0
/** The limits: clients that read a replication slot or a table and discard the rows, each in a separate process. */
@NullMarked
package dev.tributary.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
