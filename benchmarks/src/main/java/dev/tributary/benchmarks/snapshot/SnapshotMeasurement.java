// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import dev.tributary.benchmarks.contest.Measurement;

/**
 * One contestant's turn.
 *
 * @param waitMillis the time from the request to resume the connector until the broker appended its first record; of the
 *     bare client, from the request to the first row
 * @param sent how the rows went
 */
public record SnapshotMeasurement(double waitMillis, Measurement sent) {}
