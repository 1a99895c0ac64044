// SPDX-License-Identifier: Apache-2.0
/**
 * The JSON converter: it writes byte for byte what Connect's {@code JsonConverter} writes, without building a tree
 * first. A row of this connector that no transformation has touched is written from the bytes that Postgres sent.
 *
 * <p>Connect loads {@link dev.tributary.json.TributaryJsonConverter} by its class name. It converts the records of any
 * connector, so of our packages it knows only {@code row}.
 */
@NullMarked
package dev.tributary.json;

import org.jspecify.annotations.NullMarked;
