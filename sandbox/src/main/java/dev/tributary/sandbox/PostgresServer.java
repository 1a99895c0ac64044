// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real Postgres on 127.0.0.1, with the superuser {@value #SUPERUSER} and the database {@value #DATABASE}, configured
 * for logical decoding. Every role logs in without a password, except those of {@link Builder#passwordRoles}.
 */
public final class PostgresServer extends Server {

    public static final String SUPERUSER = "postgres";
    public static final String DATABASE = "postgres";

    private final int version;
    private final int port;
    private final Path data;
    private final List<String> command;
    private final Map<String, String> environment;

    private PostgresServer(Builder builder, int port, @Nullable HostedServer hosted) {
        super(builder.site.log(), hosted);
        this.version = builder.version;
        this.port = port;
        this.data = builder.data.toAbsolutePath();
        this.environment = builder.environment;
        this.command = isProcess() ? initialise(builder) : List.of();
    }

    /** The major version. */
    public int version() {
        return version;
    }

    public int port() {
        return port;
    }

    /** The data directory, if the server is a process of this machine. */
    public Path dataDirectory() {
        return data;
    }

    /** The URL for {@code DriverManager}, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A new connection in auto-commit mode, for roles without a password. The caller closes it. */
    public Connection connect(String user, String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user, "");
    }

    /** Runs statements as the superuser, each in a separate transaction. */
    public void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(SUPERUSER, database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void kill() {
        super.kill();
        // A crashed server leaves its shared memory for its next start to remove. There may be no next start.
        if (isProcess()) {
            PostmasterPid.read(data).ifPresent(PostmasterPid::removeSharedMemory);
        }
    }

    @Override
    Launch launch() {
        return new Launch(
                        toString(),
                        PostgresAccount.HERE.prefix(),
                        command,
                        data,
                        logFile(),
                        () -> {
                            connect(SUPERUSER, DATABASE).close();
                            return true;
                        },
                        Launch.Ending.POSTGRES)
                .with(environment);
    }

    @Override
    public String toString() {
        return "Postgres " + version + " on 127.0.0.1:" + port;
    }

    /** Initialises the data directory and returns the command that starts the server. */
    private List<String> initialise(Builder builder) {
        PostgresAccount account = PostgresAccount.HERE;
        PostgresBinaries binaries = PostgresBinaries.of(builder.site.distribution(), version, account);
        try {
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                Files.createDirectories(data);
                account.own(data);
                // @formatter:off
                ServerProcess.run(Launch.errand(
                        "initdb",
                        account.prefix(),
                        List.of(
                                binaries.program("initdb"),
                                "-D",
                                data.toString(),
                                "-U",
                                SUPERUSER,
                                "-A",
                                "trust",
                                "-E",
                                "UTF8",
                                "--locale=C",
                                "--no-sync",
                                "--no-instructions"),
                        data,
                        logFile()));
                // @formatter:on
            }
            new PostgresFiles(data).write(builder.settings, builder.passwordRoles);
            account.own(data);
            return List.of(binaries.program("postgres"), "-D", data.toString(), "-p", Integer.toString(port));
        } catch (IOException e) {
            throw new SandboxException("cannot set up Postgres in " + data, e);
        }
    }

    /** Configures a server. Every setting has a default. */
    public static final class Builder {

        private final Site site;
        private final Map<String, String> settings = new LinkedHashMap<>(PostgresFiles.DEFAULTS);
        private final List<String> passwordRoles = new ArrayList<>();
        private int version = 18;
        private int port;
        private Path data;
        private Map<String, String> environment = Map.of();
        private @Nullable Hosting hosting;

        Builder(Site site, @Nullable Hosting hosting) {
            this.site = site;
            this.hosting = hosting;
            this.data = site.directory();
        }

        /** The major version, one of {@link Distribution#POSTGRES_VERSIONS}; 18 by default. */
        public Builder version(int version) {
            this.version = version;
            return this;
        }

        /** The port; a free one by default. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Runs as a process of this machine, even if the sandbox has another hosting. */
        public Builder asProcess() {
            this.hosting = null;
            return this;
        }

        /** The data directory to create or reuse, if the server is a process of this machine; a new one by default. */
        public Builder dataDirectory(Path data) {
            this.data = data;
            return this;
        }

        /** A setting of postgresql.conf. It overrides the sandbox's default. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** Roles that must log in with a password (SCRAM). */
        public Builder passwordRoles(String... roles) {
            passwordRoles.addAll(List.of(roles));
            return this;
        }

        /** Faster, but a crash of the machine, not of the server, loses data. */
        public Builder withoutFsync() {
            return setting("fsync", "off");
        }

        Path dataDirectory() {
            return data;
        }

        /**
         * A clock that can jump, if the server is a process of this machine.
         *
         * @throws SandboxException unless {@link ServerClock#isAvailable()}
         */
        public Builder clock(ServerClock clock) {
            environment = clock.environment();
            return this;
        }

        /** Starts the server and returns when it accepts connections. */
        public PostgresServer start() {
            int chosen = port == 0 ? LoopbackPort.free() : port;
            HostedServer hosted =
                    hosting == null ? null : hosting.postgres(version, chosen, settings, passwordRoles, site.log());
            return site.start(new PostgresServer(this, chosen, hosted));
        }
    }
}
