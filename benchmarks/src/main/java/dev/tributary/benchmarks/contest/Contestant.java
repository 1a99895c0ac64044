// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.PostgresServer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A connector with a configuration that a user could choose.
 *
 * @param id a short name without spaces; also the name of the connector and the worker group, and the topic prefix
 * @param title the name in tables and plots
 * @param options its configuration, except the database, the slot and the publication, which all have in common
 * @param watched whether a page of the worker's console shows it, and its metrics are scraped
 */
public record Contestant(String id, String title, Map<String, String> options, boolean watched) {

    public static final String OURS = "dev.tributary.PostgresSourceConnector";
    public static final String STOCK = "io.debezium.connector.postgresql.PostgresConnector";

    public Contestant {
        options = Map.copyOf(options);
    }

    Contestant(String id, String title, Map<String, String> options) {
        this(id, title, options, false);
    }

    /** The same contestant, with somebody who watches it. */
    Contestant whileWatched() {
        return new Contestant(id, title, options, true);
    }

    /** The same contestant with more options. */
    public Contestant with(Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(further);
        return new Contestant(id, title, all, watched);
    }

    /** A contestant with the same options and another name. */
    public Contestant named(String otherId, String otherTitle) {
        return new Contestant(otherId, otherTitle, options, watched);
    }

    boolean isOurs() {
        return OURS.equals(options.get("connector.class"));
    }

    /** Whether its worker writes records and offsets in transactions. */
    public boolean isExactlyOnce() {
        return "required".equals(options.get("exactly.once.support"));
    }

    String slot() {
        return id.replace('-', '_').toLowerCase(Locale.ROOT);
    }

    /** The topic of the table. */
    public String topic(String table) {
        return id + "." + table;
    }

    /** The whole configuration for Connect. */
    Map<String, String> config(PostgresServer postgres, Capture capture) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", id);
        config.put("database.hostname", "127.0.0.1");
        config.put("database.port", Integer.toString(postgres.port()));
        config.put("database.user", PostgresServer.SUPERUSER);
        config.put("database.password", "unused");
        config.put("database.dbname", capture.database());
        config.put("topic.prefix", id);
        config.put("slot.name", slot());
        config.put("publication.name", BenchTable.PUBLICATION);
        config.put("table.include.list", String.join(",", capture.tables()));
        config.putAll(options);
        return config;
    }
}
