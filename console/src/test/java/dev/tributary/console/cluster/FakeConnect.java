// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.apache.kafka.connect.health.ConnectorHealth;
import org.apache.kafka.connect.health.ConnectorState;
import org.apache.kafka.connect.health.ConnectorType;
import org.apache.kafka.connect.health.TaskState;

/** What Connect says of a cluster. */
public final class FakeConnect implements ConnectClusterState {

    static final String DEBEZIUMS = "io.debezium.connector.postgresql.PostgresConnector";

    private final Map<String, Map<String, String>> configs = new LinkedHashMap<>();
    private final Map<String, ConnectorHealth> health = new LinkedHashMap<>();
    private volatile boolean answers = true;

    /** Adds one of our connectors. */
    public FakeConnect ours(String name, String prefix) {
        return connector(name, Deployed.OURS, prefix);
    }

    /** Adds one of Debezium's connectors. */
    public FakeConnect debeziums(String name, String prefix) {
        return connector(name, DEBEZIUMS, prefix);
    }

    FakeConnect connector(String name, String type, String prefix) {
        configs.put(name, Map.of("connector.class", type, "topic.prefix", prefix));
        return this;
    }

    /** A worker has a connector and its task. */
    FakeConnect runs(String name, String workerId) {
        health.put(
                name,
                new ConnectorHealth(
                        name,
                        new ConnectorState("RUNNING", workerId, ""),
                        Map.of(0, new TaskState(0, "RUNNING", workerId, "")),
                        ConnectorType.SOURCE));
        return this;
    }

    /** From now on each request fails. */
    public FakeConnect silent() {
        answers = false;
        return this;
    }

    @Override
    public Collection<String> connectors() {
        requireAnswers();
        return configs.keySet();
    }

    @Override
    public Map<String, String> connectorConfig(String name) {
        requireAnswers();
        Map<String, String> config = configs.get(name);
        if (config == null) {
            throw new NotFoundException(name);
        }
        return config;
    }

    /** As Connect does, it refuses to make a state of nothing. */
    @Override
    public ConnectorHealth connectorHealth(String name) {
        ConnectorHealth known = health.get(name);
        if (known == null) {
            throw new IllegalArgumentException("state must not be null");
        }
        return known;
    }

    private void requireAnswers() {
        if (!answers) {
            throw new ConnectException("the request timed out");
        }
    }
}
