// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import io.debezium.connector.common.DebeziumTaskState;
import io.debezium.openlineage.ConnectorContext;
import io.debezium.openlineage.dataset.DatasetMetadata;
import io.debezium.openlineage.emitter.LineageEmitter;
import io.debezium.openlineage.emitter.LineageEmitterFactory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Collects what tasks of this JVM tell OpenLineage, in place of a client that sends it. */
public final class Lineage implements LineageEmitterFactory {

    private static final List<Event> EVENTS = new CopyOnWriteArrayList<>();

    /**
     * An event.
     *
     * @param config what it says about the configuration of the connector
     */
    record Event(
            DebeziumTaskState state,
            List<DatasetMetadata> datasets,
            UUID run,
            @Nullable Map<String, String> config,
            @Nullable Throwable failure) {

        /** The state, and the tables or topics, whatever the name of the database. */
        @Override
        public String toString() {
            return state + " "
                    + datasets.stream()
                            .map(each -> each.kind() + " " + each.name().replaceFirst("^db\\d+", "db"))
                            .toList();
        }
    }

    /** The events since the last time. */
    static List<Event> take() {
        List<Event> events = List.copyOf(EVENTS);
        EVENTS.clear();
        return events;
    }

    @Override
    public LineageEmitter get(ConnectorContext context) {
        return new LineageEmitter() {

            @Override
            public void emit(DebeziumTaskState state) {
                emit(state, List.of(), null);
            }

            @Override
            public void emit(DebeziumTaskState state, Throwable failure) {
                emit(state, List.of(), failure);
            }

            @Override
            public void emit(DebeziumTaskState state, List<DatasetMetadata> datasets) {
                emit(state, datasets, null);
            }

            @Override
            public void emit(DebeziumTaskState state, List<DatasetMetadata> datasets, @Nullable Throwable failure) {
                EVENTS.add(new Event(state, datasets, context.runId(), context.config(), failure));
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
