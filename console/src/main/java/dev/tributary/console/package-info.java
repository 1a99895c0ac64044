// SPDX-License-Identifier: Apache-2.0
/** A REST extension of a Connect worker that shows the Postgres connectors of its cluster. */
@NullMarked
package dev.tributary.console;

import org.jspecify.annotations.NullMarked;
