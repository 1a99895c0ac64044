// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import java.time.Instant;
import java.util.Map;

/**
 * The moment at which rows are read, and what their records say about it.
 *
 * @param partition the source partition
 * @param offset Debezium's offset, at the position of the moment
 * @param taken the time of the moment
 * @param always the entries that every offset has
 */
public record SnapshotMoment(
        PostgresPartition partition, PostgresOffsetContext offset, Instant taken, Map<String, String> always) {}
