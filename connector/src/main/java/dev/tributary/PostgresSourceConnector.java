// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.Options;
import dev.tributary.config.Validation;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Captures the row changes of a PostgreSQL database and publishes each as a keyed change event, a topic per table.
 *
 * <p>Takes the place of Debezium's Postgres connector without a change of options, topics, events or offsets, and gives
 * it back the same way.
 */
public final class PostgresSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return Options.definition();
    }

    @Override
    public Config validate(Map<String, String> written) {
        Validation validation = Validation.of(written);
        return new Config(validation.values());
    }

    @Override
    public void start(Map<String, String> written) {
        properties = Map.copyOf(written);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSourceTask.class;
    }

    /** One task, whatever {@code maxTasks} allows: a replication slot has one reader, and order comes from that. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    @Override
    public void stop() {
        properties = Map.of();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> written) {
        return ExactlyOnceSupport.SUPPORTED;
    }
}
