// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.bare.BareClient;
import dev.tributary.benchmarks.bare.BareProcess;
import dev.tributary.benchmarks.bare.BareResult;
import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** The bare client. Between its turns it waits for input. */
public final class BareTurn implements StreamTurn {

    /** Its id, and the name of its slot. */
    public static final String ID = "bare";

    /** How a result describes it. */
    public static final Entrant ENTRANT = new Entrant(
            ID,
            "Bare client",
            Map.of(
                    "client",
                    "pgjdbc, CopyDual.readFromCopy(false), sleeps 10 ms when there is nothing to read, discards all"
                            + " rows: the upper limit"));

    private final PostgresServer postgres;
    private final BareProcess client;

    private BareTurn(PostgresServer postgres, BareProcess client) {
        this.postgres = postgres;
        this.client = client;
    }

    /** Creates the slot and starts the client. */
    public static BareTurn open(Arena arena) throws IOException, SQLException {
        PostgresServer postgres = arena.postgres();
        postgres.execute(BenchTable.DATABASE, "SELECT pg_create_logical_replication_slot('" + ID + "', 'pgoutput')");
        String url = postgres.jdbcUrl(BenchTable.DATABASE);
        return new BareTurn(
                postgres,
                BareProcess.start(
                        arena.sandbox(), BareClient.class, url, PostgresServer.SUPERUSER, ID, BenchTable.PUBLICATION));
    }

    @Override
    public void settle(Backlog first) throws SQLException {
        advance();
    }

    @Override
    public Measurement take(Backlog backlog, int round) throws IOException, SQLException {
        BareResult result = client.read(backlog.rows());
        advance();
        return new Measurement(ID, round, backlog.rows(), result.rows(), result.nanos() / 1e6, 0, result.usage());
    }

    /**
     * Moves the slot to the end of the backlog. Retries, since the walsender may not have noticed yet that the client
     * left.
     */
    private void advance() throws SQLException {
        SQLException[] last = new SQLException[1];
        boolean advanced = Wait.until(Duration.ofSeconds(30), () -> {
            try {
                postgres.execute(
                        BenchTable.DATABASE, "SELECT pg_replication_slot_advance('" + ID + "', pg_current_wal_lsn())");
                return true;
            } catch (SQLException e) {
                last[0] = e;
                return false;
            }
        });
        if (!advanced) {
            throw last[0];
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
