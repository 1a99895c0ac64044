// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectRest;
import dev.tributary.sandbox.ConnectRestException;
import dev.tributary.sandbox.PostgresServer;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connector for one test, created over REST. Closing it deletes the connector and its slot. */
final class TestConnector implements AutoCloseable {

    static final String OURS = "dev.tributary.PostgresSourceConnector";
    static final String DEBEZIUM = "io.debezium.connector.postgresql.PostgresConnector";

    /** The plugin's converter. */
    static final String JSON = "dev.tributary.json.TributaryJsonConverter";

    private final ConnectRest rest;
    private final TestDatabase database;
    private final String name;
    private final Map<String, String> config = new LinkedHashMap<>();

    /** A connector that is named after its database. */
    TestConnector(ConnectRest rest, TestDatabase database) {
        this(rest, database, database.name());
    }

    /**
     * One of several connectors on a database.
     *
     * @param name its name, topic prefix and slot name
     */
    TestConnector(ConnectRest rest, TestDatabase database, String name) {
        this.rest = rest;
        this.database = database;
        this.name = name;
        config.put("name", name);
        config.put("connector.class", OURS);
        config.put("database.hostname", "127.0.0.1");
        config.put("database.port", Integer.toString(database.server().port()));
        config.put("database.user", PostgresServer.SUPERUSER);
        config.put("database.password", Secrets.newFor("database.password"));
        config.put("database.dbname", database.name());
        config.put("topic.prefix", name);
        config.put("slot.name", name);
        config.put("topic.creation.default.partitions", "6");
        config.put("topic.creation.default.replication.factor", "1");
        config.put("producer.override.linger.ms", "0");
        config.put("poll.interval.ms", "10");
        config.put("key.converter", JSON);
        config.put("key.converter.schemas.enable", "false");
        config.put("value.converter", JSON);
        config.put("value.converter.schemas.enable", "false");
    }

    /** Sets an option; takes effect at the next {@link #put()}. */
    TestConnector with(String option, String value) {
        config.put(option, value);
        return this;
    }

    /** Removes an option. */
    TestConnector without(String option) {
        config.remove(option);
        return this;
    }

    TestConnector tables(String includeList) {
        return with("table.include.list", includeList);
    }

    /** Creates or changes the connector, and returns immediately. */
    TestConnector put() {
        rest.createOrUpdate(name(), config);
        return this;
    }

    /** Creates or changes the connector, and returns when its task runs. */
    TestConnector start() {
        put();
        rest.awaitRunning(name(), WaitLimit.LIMIT);
        return this;
    }

    /** Changes a connector whose task has failed, and returns when its task runs. */
    TestConnector startAgain() {
        put();
        await("the task running")
                .untilAsserted(() -> assertThat(taskState()).as(trace()).isEqualTo("RUNNING"));
        return this;
    }

    String name() {
        return name;
    }

    Map<String, String> config() {
        return Map.copyOf(config);
    }

    TestDatabase database() {
        return database;
    }

    ConnectRest rest() {
        return rest;
    }

    /** The state of the connector itself, such as RUNNING or STOPPED. */
    String connectorState() {
        return rest.status(name()).path("connector").path("state").asText();
    }

    /** The state of its task, such as RUNNING; empty if it has none. */
    String taskState() {
        return rest.status(name()).path("tasks").path(0).path("state").asText();
    }

    /** The trace of its failed task; empty if it has not failed. */
    String trace() {
        return rest.status(name()).path("tasks").path(0).path("trace").asText();
    }

    @Override
    public void close() {
        try {
            rest.delete(name());
        } catch (ConnectRestException e) {
            if (e.status() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
        dropSlot();
    }

    /** A slot left behind would retain the WAL of a server that other tests use. */
    private void dropSlot() {
        String slot = " FROM pg_replication_slots WHERE slot_name = '" + name + "'";
        await("slot dropped").until(() -> {
            database.query("SELECT pg_drop_replication_slot(slot_name)" + slot + " AND NOT active");
            return "0".equals(database.query("SELECT count(*)" + slot));
        });
    }
}
