// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.postgresql.LogicalDecodingMessageMonitor.LogicalDecodingMessageId;
import io.debezium.connector.postgresql.pipeline.txmetadata.PostgresTransactionMonitor;
import io.debezium.function.BlockingConsumer;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.spi.Partition;
import io.debezium.schema.SchemaNameAdjuster;
import io.debezium.spi.schema.DataCollectionId;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts the logical decoding messages of a transaction under one name. Debezium counts each message under the identity
 * of a Java object, which ends up in offsets and metadata and differs from run to run.
 */
final class MessageTransactions extends PostgresTransactionMonitor {

    MessageTransactions(
            CommonConnectorConfig config,
            EventMetadataProvider metadata,
            SchemaNameAdjuster names,
            BlockingConsumer<SourceRecord> sender,
            String topic) {
        super(config, metadata, names, sender, topic);
    }

    @Override
    public void dataEvent(
            Partition partition,
            DataCollectionId source,
            OffsetContext offset,
            @Nullable Object key,
            @Nullable Struct value)
            throws InterruptedException {
        super.dataEvent(
                partition,
                source instanceof LogicalDecodingMessageId ? new Named(source.identifier()) : source,
                offset,
                key,
                value);
    }

    /**
     * Logical decoding messages as a source of events.
     *
     * @param identifier Debezium's name for them
     */
    private record Named(String identifier) implements DataCollectionId {

        @Override
        public List<String> parts() {
            return List.of(identifier);
        }

        @Override
        public List<String> databaseParts() {
            return List.of();
        }

        @Override
        public List<String> schemaParts() {
            return List.of();
        }

        /** The name that events are counted under. */
        @Override
        public String toString() {
            return identifier;
        }
    }
}
