// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.document.DocumentReader;
import io.debezium.pipeline.signal.SignalPayload;
import io.debezium.pipeline.signal.SignalProcessor;
import io.debezium.pipeline.signal.actions.SchemaChanges;
import io.debezium.pipeline.signal.actions.SignalAction;
import io.debezium.pipeline.signal.channels.SignalChannelReader;
import io.debezium.pipeline.spi.Offsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Debezium's signals, except for the one that gives a table another schema: the columns of a change are those that the
 * WAL says it has. With other columns, Debezium's source takes a value for that of another column, or stops.
 */
final class CaptureSignals extends SignalProcessor<PostgresPartition, PostgresOffsetContext> {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureSignals.class);

    CaptureSignals(
            CaptureConfig config,
            List<SignalChannelReader> channels,
            Offsets<PostgresPartition, PostgresOffsetContext> offsets) {
        super(PostgresConnector.class, config, Map.of(), channels, DocumentReader.defaultReader(), offsets);
    }

    @Override
    public void registerSignalAction(String type, SignalAction<PostgresPartition> action) {
        super.registerSignalAction(type, action instanceof SchemaChanges ? CaptureSignals::refuseSchema : action);
    }

    private static boolean refuseSchema(SignalPayload<PostgresPartition> signal) {
        LOG.warn(
                "Signal {} was not carried out: the columns of a table come from the WAL, not from a signal of type {}."
                        + " To read the rows of a table again, send execute-snapshot.",
                signal.id,
                signal.type);
        return false;
    }
}
