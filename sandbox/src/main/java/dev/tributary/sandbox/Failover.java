// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import dev.tributary.position.Lsn;

/**
 * A standby has become the primary.
 *
 * @param timeline the timeline of the new primary
 * @param forkLsn where its timeline begins; what the former primary has written from here on is not on it
 * @param former the former primary, which no link leads to any more
 */
public record Failover(int timeline, Lsn forkLsn, PostgresServer former) {}
