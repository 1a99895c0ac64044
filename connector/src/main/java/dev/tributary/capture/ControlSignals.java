// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.metrics.ControlMXBean;
import dev.tributary.metrics.Registration;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.document.Array;
import io.debezium.document.Document;
import io.debezium.pipeline.signal.SignalRecord;
import io.debezium.pipeline.signal.channels.SignalChannelReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The signals that a person sends through JMX, as the console does. Debezium's processor reads them like any other. */
final class ControlSignals implements SignalChannelReader, ControlMXBean {

    /** The name of the channel. */
    static final String NAME = "tributary";

    private static final int MOST_WAITING = 100;
    private static final Pattern NEEDS_ESCAPE = Pattern.compile("[^\\w]");

    private final BlockingQueue<SignalRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final BooleanSupplier isStreaming;
    private @Nullable Registration registration;
    private volatile boolean canBeIncremental;

    /** @param isStreaming whether changes are streamed: only then does Debezium read signals */
    ControlSignals(BooleanSupplier isStreaming) {
        this.isStreaming = isStreaming;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(CommonConnectorConfig config) {
        canBeIncremental = !config.getSignalingDataCollectionIds().isEmpty()
                || (config instanceof PostgresConnectorConfig postgres && postgres.isReadOnlyConnection());
        registration = Registration.of("control", config.getLogicalName(), this);
    }

    @Override
    public List<SignalRecord> read() {
        List<SignalRecord> taken = new ArrayList<>();
        waiting.drainTo(taken);
        return taken;
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.close();
        }
    }

    @Override
    public String snapshot(String table, String type) {
        if (!type.equals("incremental") && !type.equals("blocking")) {
            throw new IllegalArgumentException("The type is incremental or blocking, not " + type);
        }
        if (type.equals("incremental") && !canBeIncremental) {
            throw new IllegalStateException("An incremental snapshot needs a signal table or none at all. Fix: set"
                    + " read.only=true, or signal.data.collection; or ask for a blocking snapshot");
        }
        return send("execute-snapshot", table, type);
    }

    @Override
    public String stopSnapshot(String table) {
        return send("stop-snapshot", table, "incremental");
    }

    private String send(String signal, String table, String type) {
        if (!isStreaming.getAsBoolean()) {
            throw new IllegalStateException("The connector does not stream changes now, and signals are read only while"
                    + " it does: it starts, takes its first snapshot, or waits. Try again once it streams");
        }
        String id = "console-" + UUID.randomUUID();
        // Debezium takes the name for a regular expression.
        String pattern = NEEDS_ESCAPE.matcher(table).replaceAll("\\\\$0");
        Document data = Document.create("type", type, "data-collections", Array.create(pattern));
        if (!waiting.offer(new SignalRecord(id, signal, data.toString(), Map.of()))) {
            throw new IllegalStateException(
                    MOST_WAITING + " signals are waiting already. Try again once the task has read them");
        }
        return id;
    }
}
