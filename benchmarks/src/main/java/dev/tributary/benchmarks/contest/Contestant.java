// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.PostgresServer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A connector as someone would configure it.
 *
 * @param id a short name, in the form of an option: also the name of connector, worker group and topic prefix
 * @param title what tables and plots call it
 * @param options its configuration, but for what all have in common: where the database is, slot, publication
 */
public record Contestant(String id, String title, Map<String, String> options) {

    public static final String OURS = "dev.tributary.PostgresSourceConnector";
    public static final String STOCK = "io.debezium.connector.postgresql.PostgresConnector";

    public Contestant {
        options = Map.copyOf(options);
    }

    /** The same one with further options. */
    public Contestant with(Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(further);
        return new Contestant(id, title, all);
    }

    /** One with the same options under another name. */
    Contestant named(String otherId, String otherTitle) {
        return new Contestant(otherId, otherTitle, options);
    }

    boolean isOurs() {
        return OURS.equals(options.get("connector.class"));
    }

    String slot() {
        return id.replace('-', '_').toLowerCase(Locale.ROOT);
    }

    /** The topic of the table. */
    String topic(String table) {
        return id + "." + table;
    }

    /** All that Connect is given. */
    Map<String, String> config(PostgresServer postgres, String table) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", id);
        config.put("database.hostname", "127.0.0.1");
        config.put("database.port", Integer.toString(postgres.port()));
        config.put("database.user", PostgresServer.SUPERUSER);
        config.put("database.password", "unused");
        config.put("database.dbname", BenchTable.DATABASE);
        config.put("topic.prefix", id);
        config.put("slot.name", slot());
        config.put("publication.name", BenchTable.PUBLICATION);
        config.put("table.include.list", table);
        config.putAll(options);
        return config;
    }
}
