// SPDX-License-Identifier: Apache-2.0
/**
 * The differential oracle: stock Debezium's task and ours read the same WAL of a real server, and every record has to
 * be the same.
 *
 * <p>The WAL is written first, and read afterwards through copies of one slot. So both see the same catalog, a case can
 * be read again with other options, and neither waits for the other.
 */
@NullMarked
package dev.tributary.oracle;

import org.jspecify.annotations.NullMarked;
