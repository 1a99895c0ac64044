// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A connection that streams from the server: a row of <a
 * href="https://www.postgresql.org/docs/18/monitoring-stats.html">pg_stat_replication</a>.
 *
 * @param application {@code application_name}; empty if it has none, or if this role may not see it
 * @param slot the slot that it uses; null when it uses none
 */
public record Replicator(String application, @Nullable String slot) {}
