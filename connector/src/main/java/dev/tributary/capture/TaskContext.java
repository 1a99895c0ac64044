// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresTaskContext;

/** Debezium's task context, whose constructor is open to subclasses only. */
final class TaskContext extends PostgresTaskContext {

    TaskContext(Configuration raw, PostgresConnectorConfig config) {
        super(raw, config);
    }
}
