// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import dev.tributary.sandbox.ReplicatedPostgres;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.chaos.check.ArrivalReader;
import dev.tributary.sandbox.chaos.load.Load;
import dev.tributary.sandbox.chaos.load.LoadTable;
import dev.tributary.sandbox.chaos.load.Pulse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Prepares a run: servers, tables with rows, the role and the publication as a database administrator sets them up, the
 * connector, the load.
 */
public final class Opening {

    private static final String PASSWORD = "at first";

    private final Sandbox sandbox;
    private final Profile profile;
    private final Delivery delivery;
    private final long seed;
    private final Path plugin;
    private final Consumer<String> log;

    /**
     * @param plugin the directory of the unpacked plugin; a run may put changed code there
     * @param log what happens in between
     */
    public Opening(Sandbox sandbox, Profile profile, Delivery delivery, long seed, Path plugin, Consumer<String> log) {
        this.sandbox = sandbox;
        this.profile = profile;
        this.delivery = delivery;
        this.seed = seed;
        this.plugin = plugin;
        this.log = log;
    }

    /** Starts everything. The first snapshot begins, and so does the load; nothing is awaited. */
    public Arena open() throws SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        Servers servers = Servers.start(sandbox, profile, delivery.mode(), plugin);
        try {
            prepare(servers.postgres());
            ConnectGroup connect = new ConnectGroup(servers.workers(), config(servers.postgres(), random));
            Ledger ledger = new Ledger();
            ledger.newSnapshot(0, "the first snapshot");
            Operator operator = new Operator(connect, ledger, random.split(), log);
            Load load = new Load(servers.postgres()::connect, random.nextLong()).rate(profile.rate());
            Reading reading = new Reading(new ArrivalReader(servers.kafka().directBootstrapServers(), Arena.PREFIX));
            connect.configure(Map.of());
            load.start();
            Pulse pulse = Pulse.start(servers.postgres()::connect);
            operator.start();
            return new Arena(profile, servers, connect, ledger, operator, load, pulse, reading);
        } catch (SQLException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private void prepare(ReplicatedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.connect()) {
            Load.prepare(connection, profile.rows());
        }
        List<String> tables = new ArrayList<>(
                Arrays.stream(LoadTable.values()).map(LoadTable::relation).toList());
        tables.add(Arena.SIGNALS);
        postgres.execute(
                "CREATE TABLE " + Arena.SIGNALS + " (id text PRIMARY KEY, type text NOT NULL, data text)",
                "CREATE ROLE " + Arena.ROLE + " LOGIN REPLICATION PASSWORD '" + PASSWORD + "'",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + Arena.ROLE,
                "GRANT INSERT, DELETE ON " + Arena.SIGNALS + " TO " + Arena.ROLE,
                "CREATE PUBLICATION " + Arena.PUBLICATION + " FOR TABLE "
                        + tables.stream().collect(Collectors.joining(", ")));
    }

    private Map<String, String> config(ReplicatedPostgres postgres, SplittableRandom random) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("connector.class", Arena.OURS);
        config.put("tasks.max", "1");
        config.put("database.hostname", "127.0.0.1");
        config.put("database.port", Integer.toString(postgres.connectorLink().port()));
        config.put("database.user", Arena.ROLE);
        config.put("database.password", PASSWORD);
        config.put("database.dbname", postgres.database());
        config.put("plugin.name", "pgoutput");
        config.put("topic.prefix", Arena.PREFIX);
        config.put("slot.name", Arena.SLOT);
        config.put("slot.failover", "true");
        config.put("publication.name", Arena.PUBLICATION);
        config.put("publication.autocreate.mode", "disabled");
        config.put(
                "table.include.list",
                Arrays.stream(LoadTable.values()).map(LoadTable::includePattern).collect(Collectors.joining(",")));
        config.put("signal.data.collection", "public." + Arena.SIGNALS);
        config.put("incremental.snapshot.chunk.size", "500");
        config.put("skipped.operations", "none");
        config.put("heartbeat.interval.ms", Integer.toString(random.nextInt(2) * 5_000));
        config.put("status.update.interval.ms", "5000");
        config.put("snapshot.max.threads", Integer.toString(random.nextInt(1, 4)));
        // Small, so that a snapshot is interrupted between chunks as well.
        config.put("internal.snapshot.chunk.bytes", "65536");
        config.put("topic.creation.default.partitions", "3");
        config.put("topic.creation.default.replication.factor", "3");
        config.put("max.queue.size", "32768");
        config.putAll(delivery.options());
        config.put("provide.transaction.metadata", Boolean.toString(random.nextBoolean()));
        if (delivery.isWhole() && random.nextInt(3) == 0) {
            // Large transactions are committed in parts; those of the bank are smaller.
            config.put("transaction.max.bytes", "8388608");
        }
        return config;
    }
}
