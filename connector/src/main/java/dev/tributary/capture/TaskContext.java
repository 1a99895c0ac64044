// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.metrics.EventStatus;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresTaskContext;

/** Debezium's task context, whose constructor is open to subclasses only. */
final class TaskContext extends PostgresTaskContext {

    private final EventStatus events;

    TaskContext(Configuration raw, PostgresConnectorConfig config, EventStatus events) {
        super(raw, config);
        this.events = events;
    }

    /** Counts what Connect has stored. */
    EventStatus events() {
        return events;
    }
}
