// SPDX-License-Identifier: Apache-2.0
/** A door into the connector's package of the same name, for benchmarks. */
@NullMarked
package dev.tributary.row;

import org.jspecify.annotations.NullMarked;
