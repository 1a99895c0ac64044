// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import dev.tributary.sandbox.link.Link;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A primary with two physical standbys: a synchronous one, which every commit waits for, and an asynchronous one, which
 * can lag. From Postgres 17 on both copy logical slots that have {@code failover}, and no such slot passes the
 * synchronous standby. Each standby reaches the primary over a {@link Link} of its own, which follows the primary.
 *
 * <p>After a {@link #failOver} there is a primary only, until {@link #rebuild}. One thread at a time may change the
 * servers; any thread may ask for them and connect.
 */
public final class ReplicatedPostgres implements AutoCloseable {

    /** A standby. Its name is that of its slot on the primary, and its {@code application_name}. */
    public enum Target {
        /** Has everything that a client has seen committed. */
        SYNCHRONOUS("synchronous"),
        /** Has what it received; see {@link ReplicatedPostgres#lag}. */
        LAGGING("lagging");

        private final String title;

        Target(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** What happens to the primary when a standby takes over. */
    public enum OldPrimary {
        /** Killed, like a crash. */
        KILLED,
        /** Frozen; see {@link Server#pause()}. */
        FROZEN,
        /** Keeps running. No link leads to it any more; direct connections remain, and their commits wait in vain. */
        CUT_OFF
    }

    private final String database;
    private final ReplicaFactory servers;
    private final Link connectorLink;
    private final Map<Target, Link> links = new EnumMap<>(Target.class);
    private final Map<Target, PostgresServer> standbys = new ConcurrentHashMap<>();
    private volatile PostgresServer primary;
    private @Nullable PostgresServer former;

    ReplicatedPostgres(ReplicaFactory servers) {
        this.database = servers.database();
        this.servers = servers;
        this.primary = servers.firstPrimary();
        this.connectorLink = Link.to("connector to Postgres", primary.port());
        for (Target target : Target.values()) {
            links.put(target, Link.to(target.title + " standby to primary", primary.port()));
        }
    }

    public int version() {
        return primary.version();
    }

    /** The name of the database that {@link #connect} and {@link #execute} use. */
    public String database() {
        return database;
    }

    public PostgresServer primary() {
        return primary;
    }

    /** The synchronous standby; empty between a failover and the next {@link #rebuild}. */
    public Optional<PostgresServer> synchronousStandby() {
        return Optional.ofNullable(standbys.get(Target.SYNCHRONOUS));
    }

    /** The asynchronous standby; empty between a failover and the next {@link #rebuild}. */
    public Optional<PostgresServer> laggingStandby() {
        return Optional.ofNullable(standbys.get(Target.LAGGING));
    }

    /** Leads to the current primary. A failover cuts it, and heals it when the new primary is writable. */
    public Link connectorLink() {
        return connectorLink;
    }

    /** The link of each standby, that of the synchronous one first. They remain the same for all standbys to come. */
    public List<Link> replicationLinks() {
        return List.copyOf(links.values());
    }

    /** A direct connection of the superuser to the current primary, in auto-commit mode. The caller closes it. */
    public Connection connect() throws SQLException {
        return primary.connect(PostgresServer.SUPERUSER, database);
    }

    /** Runs statements on the current primary as the superuser, each in a separate transaction. */
    public void execute(String... statements) throws SQLException {
        primary.execute(database, statements);
    }

    /** From now on the asynchronous standby receives nothing, until {@link #catchUp} or a failover. */
    public void lag() {
        link(Target.LAGGING).hold();
    }

    /**
     * Ends a {@link #lag}, and waits until the asynchronous standby has replayed what is written now.
     *
     * @throws SandboxException if it does not within two minutes
     */
    public void catchUp() throws SQLException {
        link(Target.LAGGING).heal();
        new Replication(primary).awaitInStep(Target.LAGGING.title);
    }

    /** Kills the primary and promotes a standby. */
    public Failover failOver(Target target) throws SQLException {
        return failOver(target, OldPrimary.KILLED);
    }

    /**
     * Promotes a standby and waits until it is writable. Then all links lead to it, and none is cut, held or slowed any
     * more. The other standby may have received what the promoted one has not, so it is deleted.
     *
     * @throws IllegalStateException if that standby does not run
     * @throws SandboxException if it is not promoted within two minutes
     */
    public Failover failOver(Target target, OldPrimary fate) throws SQLException {
        PostgresServer promoted = standbys.get(target);
        if (promoted == null || !promoted.isRunning()) {
            throw new IllegalStateException("there is no " + target.title + " standby to promote");
        }
        discardFormer();
        PostgresServer old = primary;
        end(old, fate);
        // Before the promotion: it would wait for a standby's connections that are held.
        connectorLink.cut();
        links.values().forEach(Link::cut);
        Replication replication = new Replication(promoted);
        replication.promote();
        former = old;
        standbys.remove(target);
        primary = promoted;
        List.copyOf(standbys.keySet()).forEach(this::discard);
        leadTo(promoted);
        return new Failover(Integer.parseInt(replication.timeline(), 16), replication.fork(), old);
    }

    private static void end(PostgresServer old, OldPrimary fate) {
        switch (fate) {
            case KILLED -> {
                if (old.isRunning()) {
                    old.kill();
                }
            }
            case FROZEN -> old.pause();
            case CUT_OFF -> {
                // The links are cut in every case.
            }
        }
    }

    private void leadTo(PostgresServer server) {
        List<Link> all = new ArrayList<>(links.values());
        all.add(connectorLink);
        for (Link link : all) {
            link.retarget(server.port());
            link.heal();
        }
    }

    /**
     * Starts the primary of before the last failover again, to read what it has and the new primary has not. No link
     * leads to it, and its commits wait for nobody. If it is running, it is killed first.
     *
     * @throws IllegalStateException if there was no failover since the start or the last {@link #rebuild}
     */
    public PostgresServer startFormer() {
        PostgresServer server = former;
        if (server == null) {
            throw new IllegalStateException("there is no former primary");
        }
        if (server.isRunning()) {
            server.kill();
        }
        servers.startAlone(server);
        return server;
    }

    /** Ends the primary of before the last failover and deletes its data, if that has not happened yet. */
    public void discardFormer() {
        PostgresServer server = former;
        if (server != null) {
            former = null;
            servers.delete(server);
        }
    }

    /**
     * Makes the standbys that do not run, as copies of the primary, and waits until both are in step with it and the
     * synchronous one is synchronous. Discards the former primary.
     *
     * @throws SandboxException if a standby is not in step within two minutes
     */
    public void rebuild() throws SQLException {
        discardFormer();
        for (Target target : Target.values()) {
            PostgresServer standby = standbys.get(target);
            if (standby == null || !standby.isRunning()) {
                discard(target);
                standbys.put(target, servers.standby(primary, target.title, link(target), directoriesInUse()));
            }
        }
        Replication replication = new Replication(primary);
        for (Target target : Target.values()) {
            replication.awaitInStep(target.title);
        }
        replication.waitFor(Target.SYNCHRONOUS.title);
        // So that a failover loses none of the commits that have not waited for it.
        replication.awaitInStep(Target.SYNCHRONOUS.title);
    }

    private List<Path> directoriesInUse() {
        return Stream.concat(Stream.of(primary), standbys.values().stream())
                .map(PostgresServer::dataDirectory)
                .toList();
    }

    private Link link(Target target) {
        Link link = links.get(target);
        if (link == null) {
            throw new IllegalStateException("no link of the " + target.title + " standby");
        }
        return link;
    }

    private void discard(Target target) {
        PostgresServer standby = standbys.remove(target);
        if (standby != null) {
            servers.delete(standby);
        }
    }

    /** Ends all servers and links. The data stays until the sandbox closes. */
    @Override
    public void close() {
        standbys.values().forEach(PostgresServer::close);
        PostgresServer old = former;
        if (old != null) {
            old.close();
        }
        primary.close();
        links.values().forEach(Link::close);
        connectorLink.close();
    }
}
