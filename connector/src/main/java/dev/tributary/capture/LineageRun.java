// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.config.LoggedOptions;
import io.debezium.connector.common.DebeziumTaskState;
import io.debezium.connector.common.UUIDUtils;
import io.debezium.openlineage.ConnectorContext;
import io.debezium.openlineage.DebeziumOpenLineageEmitter;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What OpenLineage gets to know about a connector, if it is configured: one run, from the start of the task to its end,
 * however often capturing begins again. Debezium's schema adds the tables, and its transform the topics, to the run of
 * this topic prefix and task.
 */
public final class LineageRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineageRun.class);

    private final ConnectorContext context;
    private boolean hasFailed;

    private LineageRun(ConnectorContext context) {
        this.context = context;
    }

    /**
     * Starts a run.
     *
     * @param options the configuration, as the user has written it; secrets are left out
     * @throws RuntimeException if the client of OpenLineage cannot be configured
     */
    public static LineageRun start(Map<String, String> options) {
        LineageRun run = new LineageRun(DebeziumOpenLineageEmitter.connectorContext(
                LoggedOptions.of(options), CaptureTask.CONNECTOR, UUIDUtils.generateNewUUID()));
        try {
            DebeziumOpenLineageEmitter.emit(run.context, DebeziumTaskState.INITIAL);
            return run;
        } catch (RuntimeException e) {
            unlessItFails(() -> DebeziumOpenLineageEmitter.cleanup(run.context));
            throw e;
        }
    }

    /** Capturing has begun, or has begun again. */
    public void running() {
        unlessItFails(() -> DebeziumOpenLineageEmitter.emit(context, DebeziumTaskState.RUNNING));
    }

    /**
     * Capturing has failed.
     *
     * @param forGood whether it will not begin again
     */
    public void failed(Throwable reason, boolean forGood) {
        hasFailed |= forGood;
        unlessItFails(() -> DebeziumOpenLineageEmitter.emit(context, DebeziumTaskState.RESTARTING, reason));
    }

    /** Ends the run; it is complete unless it has failed for good. */
    @Override
    public void close() {
        if (!hasFailed) {
            unlessItFails(() -> DebeziumOpenLineageEmitter.emit(context, DebeziumTaskState.STOPPED));
        }
        unlessItFails(() -> DebeziumOpenLineageEmitter.cleanup(context));
    }

    private static void unlessItFails(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.warn("An event could not be sent to OpenLineage", e);
        }
    }
}
