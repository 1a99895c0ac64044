// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.StreamSetup;
import dev.tributary.capture.stream.StreamingSource;
import io.debezium.connector.postgresql.PostgresChangeEventSourceFactory;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.source.spi.StreamingChangeEventSource;
import io.debezium.util.Clock;

/** Hands out our sources where there is one, and Debezium's for the rest. */
final class SourceFactory extends PostgresChangeEventSourceFactory {

    private final StreamSetup setup;
    private final CaptureErrorHandler errors;

    /** @param parts what Debezium's sources are made of */
    SourceFactory(DebeziumSourceParts parts, StreamSetup setup) {
        super(
                parts.config(),
                parts.snapshots(),
                parts.connections(),
                parts.errors(),
                parts.dispatcher(),
                Clock.system(),
                parts.schema(),
                parts.context(),
                parts.slot().connection(),
                parts.slot().created(),
                parts.slot().found());
        this.setup = setup;
        this.errors = parts.errors();
    }

    @Override
    public StreamingChangeEventSource<PostgresPartition, PostgresOffsetContext> getStreamingChangeEventSource() {
        return new StreamingSource(setup, errors);
    }
}
