// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.Database;
import dev.tributary.postgres.Identifier;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns the failure to query a database into a finding on the option to check. It distinguishes the cases by SQL state
 * (<a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">appendix A</a>), exception type and source
 * routine, because the server and the driver translate their messages.
 */
final class ConnectionFailure {

    static final String CANNOT_START = "The connector cannot read the database";
    private static final Pattern FIRST_QUOTED = Pattern.compile("\"([^\"]+)\"");

    private final ConnectionTarget target;
    private final SQLException failure;
    private final String text;

    ConnectionFailure(ConnectionTarget target, SQLException failure) {
        this.target = target;
        this.failure = innermost(failure);
        var server = serverMessage();
        this.text = stripped(Objects.requireNonNullElse(
                server == null ? this.failure.getMessage() : server.getMessage(), "no reason given"));
    }

    Finding finding() {
        return switch (Objects.requireNonNullElse(failure.getSQLState(), "")) {
            case "28P01" -> new PasswordFailure(target, failure, text).rejected();
            case "28000" -> loginRefused();
            case "3D000" -> noDatabase();
            case "42501" -> fromRoutine("CheckMyDatabase") ? noPrivilege() : catalogUnreadable();
            case "53300" -> tooManyConnections();
            case "57P03" -> starting();
            case "57014" -> slow();
            default -> connectionFailed();
        };
    }

    /** The failure of a replication connection to a server that accepts ordinary connections. */
    Finding ofReplication() {
        return isPooler()
                ? pooler()
                : Finding.error(
                        OptionNames.DATABASE_HOSTNAME,
                        target.host() + ":" + target.port() + " refuses a replication connection: " + text,
                        "The connector can neither create a slot nor read from one",
                        new Fix.Advice(
                                "if there is a connection pooler or proxy at this address, set database.hostname and"
                                        + " database.port to the Postgres server itself; otherwise fix what the server names"));
    }

    /** Servers know the parameters of the driver; a pooler refuses those that it does not pass on. */
    private boolean isPooler() {
        return "08P01".equals(failure.getSQLState()) && text.contains("startup parameter");
    }

    private Finding pooler() {
        return Finding.error(
                OptionNames.DATABASE_HOSTNAME,
                target.host() + ":" + target.port()
                        + " is a connection pooler such as PgBouncer, not the Postgres server: " + text,
                "A pooler does not pass the replication protocol through, so the connector cannot read the WAL",
                new Fix.Advice("set database.hostname and database.port to the Postgres server itself"));
    }

    /** {@code ClientAuthentication} in auth.c of Postgres refuses by pg_hba.conf, or for want of a certificate. */
    private Finding loginRefused() {
        if (text.contains("pg_hba.conf")) {
            return rejectedByHba();
        }
        if (fromRoutine("ClientAuthentication")) {
            return new TlsFailure(target, failure, text).noClientCertificate();
        }
        return fromRoutine("auth_failed") && target.driverProperties().containsKey("sslcert")
                ? new TlsFailure(target, failure, text).certificateOfAnother()
                : loginRejected();
    }

    private Finding loginRejected() {
        var role = Identifier.quote(target.user());
        return Finding.error(
                OptionNames.DATABASE_USER,
                "Role " + target.user() + " cannot log in: " + text,
                CANNOT_START,
                new Fix.Advice("set database.user to a role that can log in, or run as superuser: ALTER ROLE " + role
                        + " LOGIN; if the role does not exist: CREATE ROLE " + role
                        + " LOGIN REPLICATION PASSWORD '…'"));
    }

    private Finding rejectedByHba() {
        var quoted = FIRST_QUOTED.matcher(text);
        var client = quoted.find() ? quoted.group(1) : "<address of the Connect worker>";
        var mask = client.contains(":") ? "/128" : "/32";
        return Finding.error(
                OptionNames.DATABASE_USER,
                "The server's pg_hba.conf rejects connections of " + target.user() + ": " + text,
                CANNOT_START,
                new Fix.Advice(
                        "add the line 'host %s %s %s scram-sha-256' to pg_hba.conf above any that rejects it, then run"
                                        .formatted(word(target.database()), word(target.user()), client + mask)
                                + " SELECT pg_reload_conf(); if the server accepts only encrypted connections, set"
                                + " database.sslmode=require"));
    }

    private Finding noDatabase() {
        return Finding.error(
                OptionNames.DATABASE_DBNAME,
                "There is no database " + target.database() + " on " + target.host(),
                CANNOT_START,
                new Fix.Advice("correct database.dbname; SELECT datname FROM pg_database lists the databases"));
    }

    private Finding noPrivilege() {
        var database = Identifier.quote(target.database());
        return Finding.error(
                OptionNames.DATABASE_USER,
                "Role " + target.user() + " lacks a privilege: " + text,
                CANNOT_START,
                Fix.sql("GRANT CONNECT ON DATABASE " + database + " TO " + Identifier.quote(target.user())));
    }

    private Finding catalogUnreadable() {
        return Finding.warning(
                OptionNames.DATABASE_USER,
                "Role " + target.user() + " is not allowed to read the catalog: " + text,
                "The database could not be checked; the connector may still work",
                new Fix.Advice("grant the role the privilege that the server names"));
    }

    private Finding tooManyConnections() {
        return Finding.error(
                OptionNames.DATABASE_HOSTNAME,
                "The server has no connection left for " + target.user() + ": " + text,
                CANNOT_START,
                new Fix.Advice("close idle connections (SELECT pid, usename, application_name, state FROM"
                        + " pg_stat_activity), or raise the limit: ALTER SYSTEM SET max_connections, then restart"
                        + " Postgres; if the role has a limit: ALTER ROLE " + Identifier.quote(target.user())
                        + " CONNECTION LIMIT -1"));
    }

    private Finding starting() {
        return Finding.error(
                OptionNames.DATABASE_HOSTNAME,
                "The server does not accept connections at the moment: " + text,
                CANNOT_START + " until it does",
                new Fix.Advice("wait until it has started; a standby also needs hot_standby = on"));
    }

    private Finding slow() {
        return Finding.warning(
                OptionNames.DATABASE_HOSTNAME,
                "The server took longer than " + Database.TIMEOUT.toSeconds()
                        + " s to answer a query about its catalog",
                "The database could not be checked; the connector may still work",
                new Fix.Advice("check what keeps the server busy: SELECT pid, state, wait_event, query FROM"
                        + " pg_stat_activity"));
    }

    private Finding connectionFailed() {
        if (isPooler()) {
            return pooler();
        }
        var password = new PasswordFailure(target, failure, text).finding();
        if (password.isPresent()) {
            return password.get();
        }
        var tls = new TlsFailure(target, failure, text).finding();
        if (tls.isPresent()) {
            return tls.get();
        }
        if (failedIn(IllegalArgumentException.class)) {
            return unreachable(
                    target.port() < 1 || target.port() > 65_535
                            ? OptionNames.DATABASE_PORT
                            : OptionNames.DATABASE_HOSTNAME,
                    text,
                    "database.hostname, and that database.port is between 1 and 65535");
        }
        var address = target.host() + ":" + target.port();
        if (failedIn(UnknownHostException.class)) {
            return unreachable(
                    OptionNames.DATABASE_HOSTNAME,
                    "Host " + target.host() + " cannot be resolved",
                    "database.hostname");
        }
        if (failedIn(NoRouteToHostException.class)) {
            return unreachable(
                    OptionNames.DATABASE_HOSTNAME, "There is no route to " + target.host(), "database.hostname");
        }
        if (failedIn(ConnectException.class)) {
            return unreachable(
                    OptionNames.DATABASE_PORT,
                    "No server is listening on " + address,
                    "database.port and database.hostname, whether Postgres is running, and its listen_addresses");
        }
        if (failedIn(EOFException.class) || "08P01".equals(failure.getSQLState())) {
            return unreachable(
                    OptionNames.DATABASE_PORT, "The server on " + address + " is not Postgres", "database.port");
        }
        if (failedIn(SocketTimeoutException.class) || failure.getCause() == null) {
            return unreachable(
                    OptionNames.DATABASE_HOSTNAME,
                    address + " did not answer within " + Database.TIMEOUT.toSeconds() + " s (" + text + ")",
                    "database.hostname, database.port, and the firewalls between the Connect worker and the server");
        }
        return unreachable(
                OptionNames.DATABASE_HOSTNAME,
                "The connection to " + address + " failed: " + text,
                "database.hostname and database.port");
    }

    private Finding unreachable(String option, String found, String lookAt) {
        return Finding.error(option, found, CANNOT_START, new Fix.Advice("check " + lookAt));
    }

    private boolean failedIn(Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private boolean fromRoutine(String routine) {
        var server = serverMessage();
        return server != null && routine.equals(server.getRoutine());
    }

    private @Nullable ServerErrorMessage serverMessage() {
        return failure instanceof PSQLException fromDriver ? fromDriver.getServerErrorMessage() : null;
    }

    /** The pool wraps the exceptions of the driver. */
    private static SQLException innermost(SQLException failure) {
        return failure.getCause() instanceof SQLException inner ? innermost(inner) : failure;
    }

    /** A name as pg_hba.conf writes it. */
    private static String word(String name) {
        return name.matches("[\\w.-]+") ? name : '"' + name + '"';
    }

    private static String stripped(String text) {
        return text.strip().replaceAll("[.\\s]+$", "");
    }
}
