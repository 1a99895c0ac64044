// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Configures the servers of a {@link ReplicatedPostgres}. Every setting has a default. */
public final class ReplicatedPostgresBuilder {

    /** A standby or a primary that is gone is noticed within seconds, and reached again soon. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "wal_receiver_status_interval", "1s",
            "wal_receiver_timeout", "10s",
            "wal_sender_timeout", "10s",
            "wal_retrieve_retry_interval", "500ms");

    private final Supplier<PostgresServer.Builder> site;
    private final List<Consumer<PostgresServer.Builder>> choices = new ArrayList<>();
    private @Nullable Path directory;
    private String database = PostgresServer.DATABASE;

    /** @param site configures one server in a directory of its own */
    ReplicatedPostgresBuilder(Supplier<PostgresServer.Builder> site) {
        this.site = site;
    }

    /** The major version, 16 or later; 18 by default. */
    public ReplicatedPostgresBuilder version(int version) {
        return each(server -> server.version(version));
    }

    /** The database for {@link ReplicatedPostgres#connect} and {@link ReplicatedPostgres#execute}; it is created. */
    public ReplicatedPostgresBuilder database(String name) {
        this.database = name;
        return this;
    }

    /** A setting of every server. It overrides the sandbox's default. */
    public ReplicatedPostgresBuilder setting(String name, String value) {
        return each(server -> server.setting(name, value));
    }

    /** Roles that must log in with a password (SCRAM). */
    public ReplicatedPostgresBuilder passwordRoles(String... roles) {
        return each(server -> server.passwordRoles(roles));
    }

    /** Faster, but a crash of the machine, not of a server, loses data. */
    public ReplicatedPostgresBuilder withoutFsync() {
        return each(PostgresServer.Builder::withoutFsync);
    }

    /**
     * The data directory of the first primary. Once that is discarded, the next standby gets the directory, so that a
     * later failover can bring the primary back to it.
     */
    public ReplicatedPostgresBuilder dataDirectory(Path data) {
        this.directory = data.toAbsolutePath();
        return this;
    }

    /** Configures every server, also those that are made later, just before it starts. */
    public ReplicatedPostgresBuilder each(Consumer<PostgresServer.Builder> choice) {
        choices.add(choice);
        return this;
    }

    /** Starts the servers and returns when the standbys are in step with the primary. */
    public ReplicatedPostgres start() throws SQLException {
        ReplicatedPostgres started = new ReplicatedPostgres(new ReplicaFactory(this::server, directory, database));
        try {
            if (!database.equals(PostgresServer.DATABASE)) {
                started.primary().execute(PostgresServer.DATABASE, "CREATE DATABASE " + database);
            }
            started.rebuild();
            return started;
        } catch (SQLException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private PostgresServer.Builder server() {
        PostgresServer.Builder server = site.get();
        DEFAULTS.forEach(server::setting);
        choices.forEach(choice -> choice.accept(server));
        return server;
    }
}
