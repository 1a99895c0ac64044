// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.PostgresSourceConnector;
import dev.tributary.PostgresSourceTask;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import java.util.Map;
import org.apache.kafka.connect.source.SourceTask;

/** The tasks that are compared. */
enum Contender {

    /** Stock Debezium: what the others are measured by. */
    DEBEZIUM,

    /** Ours. */
    TRIBUTARY,

    /** Ours, reading the WAL with Debezium's source: the way back. */
    FALLBACK;

    private static final String CLASS = "connector.class";
    private static final String OURS = PostgresSourceConnector.class.getName();

    SourceTask newTask() {
        return this == DEBEZIUM ? new PostgresConnectorTask() : new PostgresSourceTask();
    }

    /** What this one is told beside what all are told: not to set the record timestamp, which stock does not set. */
    Map<String, String> options() {
        return switch (this) {
            case DEBEZIUM -> Map.of(CLASS, PostgresConnector.class.getName());
            case TRIBUTARY -> Map.of(CLASS, OURS, "record.timestamp", "none");
            case FALLBACK -> Map.of(CLASS, OURS, "record.timestamp", "none", "capture.path", "debezium");
        };
    }
}
