// SPDX-License-Identifier: Apache-2.0
/** The limit: a client that reads a replication slot and throws everything away, in a process of its own. */
@NullMarked
package dev.tributary.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
