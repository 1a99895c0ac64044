// SPDX-License-Identifier: Apache-2.0
/**
 * Single message transforms and predicates for change events.
 *
 * <p>They work on the envelope of Debezium, whether this project's connector, Debezium's own or another one that
 * follows it has written it; with a schema, or as the maps that a converter without schemas produces. Records that are
 * not change events pass through unchanged: tombstones, heartbeats, transaction boundaries, schema changes.
 *
 * <p>Nothing here knows the connector. No error message contains a value of a row.
 */
@NullMarked
package dev.tributary.transforms;

import org.jspecify.annotations.NullMarked;
