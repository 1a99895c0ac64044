// SPDX-License-Identifier: Apache-2.0
/**
 * Single message transforms and predicates for change events.
 *
 * <p>They work on the envelope of Debezium, whoever wrote it: this project's connector, Debezium's own, or another that
 * follows it; with a schema, or as the maps that a converter without schemas makes. Whatever is no change event goes through
 * untouched: tombstones, heartbeats, boundaries of transactions, schema changes.
 *
 * <p>Nothing here knows the connector. No message of an error holds a value of a row.
 */
@NullMarked
package dev.tributary.transforms;

import org.jspecify.annotations.NullMarked;
