// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The storage behind the queue that Debezium's parts put events into. It passes each event to the {@link ArrivalQueue}
 * and keeps none, so Debezium's queue is never full.
 */
record Inlet(ArrivalQueue arrivals) implements QueueProvider<DataChangeEvent> {

    @Override
    public String name() {
        return "arrivals";
    }

    @Override
    public void configure(Map<String, ?> properties) {}

    @Override
    public void enqueue(DataChangeEvent event) throws InterruptedException {
        arrivals.putFromDebezium(event.getRecord());
    }

    @Override
    public @Nullable DataChangeEvent poll() {
        return null;
    }

    @Override
    public int size() {
        return 0;
    }
}
