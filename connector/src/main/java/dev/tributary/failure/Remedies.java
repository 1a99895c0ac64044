// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import dev.tributary.failure.Failure.Fatal;
import dev.tributary.failure.Failure.Kind;
import dev.tributary.failure.Failure.Retriable;

/**
 * The one mapping from the kind of a failure to what follows: whether to retry or to stop, and what the operator must
 * do.
 *
 * @param server host and port, for messages
 * @param slot the name of the replication slot
 * @param publication the name of the publication
 */
record Remedies(String server, String slot, String publication) {

    /** @param detail the part of the message that the failure itself contributes */
    Failure of(Kind kind, String detail) {
        return switch (kind) {
            case CONNECTION_LOST ->
                new Retriable(
                        kind,
                        "The connection to Postgres at " + server + " failed: " + detail,
                        "Postgres at " + server + " to be reachable");
            case SERVER_RESTARTING ->
                new Retriable(
                        kind,
                        "Postgres at " + server + " is restarting or ended the connection: " + detail,
                        "Postgres at " + server + " to accept connections");
            case LOGIN_REFUSED ->
                new Retriable(
                        kind,
                        "The login to Postgres at " + server + " failed: " + detail
                                + " The password is asked for again at each attempt.",
                        "a password that Postgres at " + server + " accepts");
            case SLOT_IN_USE ->
                new Retriable(
                        kind,
                        "Replication slot " + slot + " is in use: " + detail,
                        "replication slot " + slot + " to be released");
            case TOO_MANY_CONNECTIONS ->
                new Retriable(
                        kind,
                        "Postgres at " + server + " has no connection left: " + detail,
                        "a free connection on " + server);
            case INSUFFICIENT_RESOURCES ->
                new Retriable(
                        kind,
                        "Postgres at " + server + " lacks disk space, memory or open files: " + detail,
                        "room on the server " + server);
            case NO_FREE_SLOT ->
                new Retriable(
                        kind,
                        "Postgres at " + server + " cannot create slot " + slot + ": " + detail,
                        "a free replication slot on " + server);
            case SLOT_GONE -> Retriable.slotGone("Replication slot " + slot + " can no longer be read: " + detail);
            case NOT_A_PRIMARY ->
                new Retriable(
                        kind,
                        "Postgres at " + server + " is a standby now: " + detail,
                        "the primary to be reachable at " + server);
            case LOCK_NOT_AVAILABLE ->
                new Retriable(
                        kind,
                        "Postgres at " + server + " kept capturing waiting for too long: " + detail
                                + " The attempt was given up, and with it every lock that it held.",
                        "another session to end its transaction");
            case TRANSACTION_CONFLICT ->
                new Retriable(
                        kind,
                        "Postgres at " + server + " ended a transaction of the connector because of another one: "
                                + detail,
                        "the other transaction to end");
            case SESSION_TIMEOUT ->
                new Retriable(
                        kind,
                        "A timeout of Postgres at " + server + " ended a session of the connector: " + detail
                                + " The connector turns these timeouts off in each session, so something sets it again:"
                                + " database.initial.statements, a trigger on login, or a connection pooler. If it is"
                                + " a session of a snapshot, the snapshot resumes, and may never come to its end.",
                        "a session that no timeout ends");
            case SERVER_TOO_SLOW -> new Retriable(kind, detail, "the database to answer in time");
            case DECLARED_RETRIABLE ->
                new Retriable(
                        kind,
                        "An error that internal.custom.retriable.exception names: " + detail,
                        "that error to pass");
            case CONVERSION ->
                new Fatal(
                        kind,
                        detail,
                        "Choose another representation for the column (decimal.handling.mode, time.precision.mode, a custom"
                                + " converter), leave the column out (column.exclude.list), or set"
                                + " event.converting.failure.handling.mode to warn or skip to send null instead.");
            case PUBLICATION_MISSING ->
                new Fatal(
                        kind,
                        "There was no publication " + publication + " at the position of replication slot " + slot
                                + ": " + detail + " Before Postgres 18, the server decodes each change with the"
                                + " publication as it was at that time, so the slot cannot be read past the time without"
                                + " it, even if it has been created again.",
                        "Stop the connector, drop the slot (SELECT pg_drop_replication_slot('" + slot
                                + "')), delete the connector's offsets, and resume it. It takes"
                                + " a new snapshot, if snapshot.mode allows one.");
            case REFUSED ->
                new Fatal(
                        kind,
                        "Postgres at " + server + " refused a statement that capturing needs" + detail,
                        "Fix the cause, then restart the task; nothing was acknowledged beyond what Kafka has.");
            case CHECK_FAILED, TRANSACTION_TOO_LARGE -> new Fatal(kind, detail, "");
            case UNEXPECTED ->
                new Fatal(
                        kind,
                        "Capturing failed: " + detail,
                        "The log of the worker has the details. A restart of the task resumes from the last committed"
                                + " offset.");
        };
    }
}
