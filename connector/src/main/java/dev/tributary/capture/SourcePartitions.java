// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.spi.Partition;
import java.util.Set;

/** The one source partition of a connector: {@code {"server": topic.prefix}}, as Debezium writes it. */
record SourcePartitions(String topicPrefix, String database) implements Partition.Provider<PostgresPartition> {

    @Override
    public Set<PostgresPartition> getPartitions() {
        return Set.of(new PostgresPartition(topicPrefix, database));
    }
}
