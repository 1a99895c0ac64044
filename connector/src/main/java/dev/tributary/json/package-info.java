// SPDX-License-Identifier: Apache-2.0
/**
 * From Connect data to JSON: byte for byte what Connect's own converter writes, without the tree in between, and for a row
 * that nobody has touched from bytes to bytes.
 */
@NullMarked
package dev.tributary.json;

import org.jspecify.annotations.NullMarked;
