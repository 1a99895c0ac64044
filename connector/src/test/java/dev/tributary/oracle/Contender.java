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

    /** Debezium's own connector: the reference. */
    DEBEZIUM,

    /** Our connector. */
    TRIBUTARY,

    /** Our connector with {@code capture.path=debezium}, which reads the WAL with Debezium's source. */
    FALLBACK;

    private static final String CLASS = "connector.class";
    private static final String OURS = PostgresSourceConnector.class.getName();

    SourceTask newTask() {
        return this == DEBEZIUM ? new PostgresConnectorTask() : new PostgresSourceTask();
    }

    /** Options in addition to the common ones: ours must not set the record timestamp, because Debezium does not. */
    Map<String, String> options() {
        return switch (this) {
            case DEBEZIUM -> Map.of(CLASS, PostgresConnector.class.getName());
            case TRIBUTARY -> Map.of(CLASS, OURS, "record.timestamp", "none");
            case FALLBACK -> Map.of(CLASS, OURS, "record.timestamp", "none", "capture.path", "debezium");
        };
    }
}
