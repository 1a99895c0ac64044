// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.KafkaCluster;
import dev.tributary.sandbox.ReplicatedPostgres;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.ServerClock;
import dev.tributary.sandbox.SmallDisk;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.load.Change;
import dev.tributary.sandbox.chaos.load.Load;
import dev.tributary.sandbox.chaos.load.Pulse;
import dev.tributary.sandbox.chaos.load.Truth;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a fault can reach: the servers, the links between them, the connector, the load, and the ledger in
 * which faults write what they did.
 */
public final class Arena implements AutoCloseable {

    public static final String OURS = "dev.tributary.PostgresSourceConnector";
    public static final String DEBEZIUM = "io.debezium.connector.postgresql.PostgresConnector";
    public static final String PREFIX = "chaos";
    public static final String SLOT = "chaos";
    public static final String PUBLICATION = "chaos";

    /** The role of the connector. */
    public static final String ROLE = "capture";

    /** The table for ad hoc snapshots. */
    public static final String SIGNALS = "signals";

    private static final Duration FLOW = Duration.ofMinutes(4);
    private static final Duration NORMAL = Duration.ofMinutes(1);
    private static final Duration STATEMENT = Duration.ofSeconds(60);

    private final Profile profile;
    private final Servers servers;
    private final ConnectGroup connect;
    private final Ledger ledger;
    private final Operator operator;
    private final Load load;
    private final Pulse pulse;
    private final Reading reading;
    private @Nullable Footprint begin;

    Arena(
            Profile profile,
            Servers servers,
            ConnectGroup connect,
            Ledger ledger,
            Operator operator,
            Load load,
            Pulse pulse,
            Reading reading) {
        this.profile = profile;
        this.servers = servers;
        this.connect = connect;
        this.ledger = ledger;
        this.operator = operator;
        this.load = load;
        this.pulse = pulse;
        this.reading = reading;
    }

    public ReplicatedPostgres postgres() {
        return servers.postgres();
    }

    public KafkaCluster kafka() {
        return servers.kafka();
    }

    public ConnectGroup connect() {
        return connect;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Operator operator() {
        return operator;
    }

    public Load load() {
        return load;
    }

    public Pulse pulse() {
        return pulse;
    }

    /** What has arrived; read without a pause. */
    public Reading reading() {
        return reading;
    }

    /** The small file system under the first primary; empty if this machine cannot mount one. */
    public Optional<SmallDisk> postgresDisk() {
        return servers.postgresDisk();
    }

    /** The small file system under the first broker. */
    public Optional<SmallDisk> brokerDisk() {
        return servers.brokerDisk();
    }

    /** Whether the primary is still the first one. */
    public boolean isOnFirstPrimary() {
        return servers.firstPrimary().equals(postgres().primary());
    }

    /** The processes whose clocks can be changed. */
    public List<Clocked> clocks() {
        return servers.clocks();
    }

    /**
     * A process whose clock can be changed.
     *
     * @param name its name in the report
     * @param worker the worker that it is; null if it is a broker
     */
    public record Clocked(
            String name, ServerClock clock, @Nullable ConnectWorker worker) {}

    /** The most rows of one transaction. */
    public int largestTransaction() {
        return profile.largestTransaction();
    }

    public static String topic(String relation) {
        return PREFIX + ".public." + relation;
    }

    /** Runs statements on the primary, each in a transaction of its own. */
    public void execute(String... statements) {
        for (String sql : statements) {
            onPrimary(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute(sql);
                }
            });
        }
    }

    /** Changes tables in one transaction; repeated for a while if a lock is not to be had. */
    public void alter(String... statements) {
        boolean single = statements.length == 1;
        SandboxException[] last = new SandboxException[1];
        boolean done = Wait.until(STATEMENT, () -> {
            try {
                onPrimary(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SET lock_timeout = '3s'");
                        connection.setAutoCommit(single);
                        for (String sql : statements) {
                            statement.execute(sql);
                        }
                        if (!single) {
                            connection.commit();
                        }
                    }
                    return true;
                });
                return true;
            } catch (SandboxException e) {
                last[0] = e;
                return false;
            }
        });
        if (!done) {
            throw last[0];
        }
    }

    /** The first column of the only row; empty if there is none, or it is null. */
    public String query(String sql) {
        return onPrimary(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                String value = row.next() ? row.getString(1) : null;
                return value == null ? "" : value;
            }
        });
    }

    /** The position up to which the primary has written WAL. */
    public long lsn() {
        return servers.written();
    }

    /** Those of some changes that the primary does not have. */
    public Collection<Change> withoutExisting(List<Change> changes) throws SQLException {
        Set<String> existing = new HashSet<>();
        try (Connection connection = postgres().connect()) {
            Truth.forEachChange(connection, change -> existing.add(identity(change)));
        }
        return changes.stream()
                .filter(change -> !existing.contains(identity(change)))
                .toList();
    }

    private static String identity(Change change) {
        // The same version of a row can be deleted on both timelines.
        return change.op() + change.tag() + '@' + change.seq() + '@' + change.lsn();
    }

    /** Restarts the task if it has failed as expected; any other failure is a problem again afterwards. */
    public void restartIfFailed(Pattern expected) {
        if (connect.failure().isPresent()) {
            connect.restart();
            Wait.until(Duration.ofSeconds(30), () -> connect.failure().isEmpty());
        }
        ledger.noLonger(expected);
    }

    /**
     * Waits until a change that is committed after this call has arrived.
     *
     * @return how long it took; empty if it took longer than four minutes
     */
    public Optional<Duration> awaitFlow() {
        long begin = System.nanoTime();
        long next = pulse.last() + 1;
        boolean arrived = Wait.until(FLOW, () -> reading.pulses().atLeast(next).isPresent());
        return arrived ? Optional.of(Duration.ofNanos(System.nanoTime() - begin)) : Optional.empty();
    }

    /** Remembers what the connector occupies now, unless it was called before. A worker that is down is a problem. */
    public void measureOnce() {
        if (begin == null) {
            try {
                begin = Footprint.of(this);
            } catch (SandboxException e) {
                ledger.problem(String.valueOf(e.getMessage()));
            }
        }
    }

    /** What is not back to normal since {@link #measureOnce}, after a minute at most. */
    public List<String> excess() {
        Footprint before = Objects.requireNonNull(begin, "measured");
        try {
            return Wait.until(NORMAL, () -> Footprint.of(this).excess(before), List::isEmpty);
        } catch (SandboxException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Waits until the slot has passed what is written now: Kafka has everything before, and its offset is stored. */
    public boolean awaitAcknowledged() {
        long written = lsn();
        return Wait.until(
                FLOW,
                () -> Long.parseLong("0"
                                + query("SELECT (confirmed_flush_lsn - '0/0'::pg_lsn)::bigint FROM pg_replication_slots"
                                        + " WHERE slot_name = '" + SLOT + "'"))
                        >= written);
    }

    private <T> T onPrimary(Query<T> query) {
        try (Connection connection = postgres().connect()) {
            connection.setNetworkTimeout(Runnable::run, (int) STATEMENT.toMillis());
            return query.of(connection);
        } catch (SQLException e) {
            throw new SandboxException("the primary refused: " + e.getMessage(), e);
        }
    }

    private interface Query<T> {
        T of(Connection connection) throws SQLException;
    }

    @Override
    public void close() throws InterruptedException {
        operator.close();
        load.close();
        pulse.close();
        reading.close();
        servers.close();
    }
}
