// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

/** Why capturing stopped, and what follows: wait and retry, or stop and report to the operator. */
public sealed interface Failure {

    /** The kind of failure, for programs: MBeans, metrics, alerts. */
    Kind kind();

    /** What happened, in words for the operator; never the content of a row. */
    String what();

    /** Every failure is of one of these kinds. Names are part of the interface: alerts match them. */
    enum Kind {
        /** The connection to Postgres failed, or could not be made. */
        CONNECTION_LOST,
        /** Postgres starts, recovers or shuts down, or an administrator ended the connection. */
        SERVER_RESTARTING,
        /**
         * The server refused a password that can be another one at the next attempt, or there was none to log in with.
         */
        LOGIN_REFUSED,
        /** A lock, or the end of a transaction, was waited for until the time was up. */
        LOCK_NOT_AVAILABLE,
        /** A deadlock, a serialization failure, or on a standby a conflict with recovery ended a transaction. */
        TRANSACTION_CONFLICT,
        /** A timeout of the server ended a session, although each session turns such timeouts off. */
        SESSION_TIMEOUT,
        /** Another process uses the replication slot. */
        SLOT_IN_USE,
        /** The server or the role has no connection left, or the server no walsender. */
        TOO_MANY_CONNECTIONS,
        /** The server has no disk space, memory or open files left for what it must do. */
        INSUFFICIENT_RESOURCES,
        /** All replication slots of the server are taken, so that the connector cannot create its own. */
        NO_FREE_SLOT,
        /** The slot was dropped or lost while it was used; the checks of the next attempt report which changes are. */
        SLOT_GONE,
        /** The server is a standby, or only a server that cannot serve the slot answers. */
        NOT_A_PRIMARY,
        /** The database did not answer the checks before the start in time. */
        SERVER_TOO_SLOW,
        /** {@code internal.custom.retriable.exception} declares the error to be temporary. */
        DECLARED_RETRIABLE,
        /** A value cannot be represented as the configuration asks. */
        CONVERSION,
        /** The slot cannot be decoded, because the publication did not exist at its position. */
        PUBLICATION_MISSING,
        /** Postgres refused a statement or a login. */
        REFUSED,
        /** A source transaction does not fit into one Kafka transaction, and must not be divided. */
        TRANSACTION_TOO_LARGE,
        /** The checks before the start found an error. */
        CHECK_FAILED,
        /** Anything else. */
        UNEXPECTED
    }

    /**
     * Capturing can resume without anybody's help: Postgres starts, the network comes back, another process releases
     * the slot.
     *
     * @param what what happened
     * @param waitingFor what has to become true before capturing can resume
     */
    record Retriable(Kind kind, String what, String waitingFor) implements Failure {

        /** The slot no longer has the changes that are needed: the next attempt finds out what is lost. */
        static Retriable slotGone(String what) {
            return new Retriable(Kind.SLOT_GONE, what, "the checks, which say what is lost");
        }
    }

    /**
     * A retry would fail again, or lose changes.
     *
     * @param what what happened, and what it means for the data
     * @param fix what the operator must do; empty if {@code what} says it
     */
    record Fatal(Kind kind, String what, String fix) implements Failure {

        /** The whole message, for the status of the task. */
        public String message() {
            return fix.isEmpty() ? what : what + " " + fix;
        }
    }
}
