// SPDX-License-Identifier: Apache-2.0
/**
 * Computes what a start of the connector would do: tables, topics, slot and publication, the time of the snapshot, and
 * the WAL that the server keeps meanwhile.
 *
 * <p>{@link dev.tributary.ConfigurationPlan} calls it for {@code ./tributary plan}. It describes what {@code preflight}
 * has seen, and measures one table itself. It changes nothing in the database.
 */
@NullMarked
package dev.tributary.plan;

import org.jspecify.annotations.NullMarked;
