// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;

/** Runs transactions on a session: one attempt each, whose end is counted. */
final class TransactionRunner implements AutoCloseable {

    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(100);

    private final Session session;
    private final Gate gate;
    private final LoadCounts counts;
    private final SplittableRandom random;
    private final int owner;
    private final int owners;

    TransactionRunner(Session session, Gate gate, LoadCounts counts, SplittableRandom random, int owner, int owners) {
        this.session = session;
        this.gate = gate;
        this.counts = counts;
        this.random = random;
        this.owner = owner;
        this.owners = owners;
    }

    /**
     * Runs one when the gate is open.
     *
     * @return false if the load has ended
     */
    boolean run(Statements statements) {
        if (!gate.enter()) {
            return false;
        }
        boolean usable = true;
        try {
            attempt(statements);
        } catch (SQLException e) {
            counts.failed(e);
            usable = session.recover(e);
        } catch (RuntimeException e) {
            counts.failed(e);
            session.abort();
            usable = false;
        } finally {
            gate.leave();
        }
        if (!usable) {
            gate.pause(RECONNECT_PAUSE.toNanos());
        }
        return true;
    }

    @Override
    public void close() {
        session.close();
    }

    private void attempt(Statements statements) throws SQLException {
        Connection connection = session.connection();
        connection.setAutoCommit(false);
        if (statements.run(new Work(connection, random, owner, owners))) {
            connection.commit();
            counts.committed.increment();
        } else {
            connection.rollback();
            counts.rolledBack.increment();
        }
        connection.setAutoCommit(true);
    }

    /** The statements of a transaction. */
    interface Statements {

        /** @return whether to commit; otherwise the transaction is rolled back */
        boolean run(Work work) throws SQLException;
    }
}
