// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import dev.tributary.benchmarks.contest.Measurement;

/**
 * The measurement of one contestant's turn.
 *
 * @param waitMillis the time from the request to resume the connector until the broker appended its first record; for
 *     the bare client, from the request to the first row
 * @param sent the measurement of the rows
 */
public record SnapshotMeasurement(double waitMillis, Measurement sent) {}
