// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.Failure.Fatal;
import dev.tributary.capture.Failure.Retriable;
import dev.tributary.position.Lsn;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The one mapping from what was thrown to what follows.
 *
 * <p>The list of what is retriable is narrow on purpose: to wait for ever on an error that will not go away hides it.
 * The codes are those of
 * <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Postgres's appendix A</a>.
 */
public final class FailurePolicy {

    /** Class 08, connection exceptions, and what pgjdbc reports for a connection that broke. */
    private static final String CONNECTION = "08";

    private static final Set<String> SERVER_GOES_OR_COMES = Set.of(
            "57P01", // admin_shutdown: also what pg_terminate_backend leaves behind
            "57P02", // crash_shutdown
            "57P03", // cannot_connect_now: starting, recovering or shutting down
            "57P05"); // idle_session_timeout

    private static final String SLOT_IN_USE = "55006";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String READ_ONLY = "25006";

    private static final Pattern CONVERSION =
            Pattern.compile("Failed to properly convert (?:data|key|default) value for '([^']+)'");
    private static final Pattern OFFSET_LSN = Pattern.compile("[{ ]lsn=(\\d+)");

    private final String server;
    private final String slot;
    private final Optional<Pattern> declaredRetriable;

    /**
     * @param server host and port, for messages
     * @param slot the name of the replication slot
     * @param declaredRetriable messages of errors that the configuration declares to pass by themselves
     */
    public FailurePolicy(String server, String slot, Optional<Pattern> declaredRetriable) {
        this.server = server;
        this.slot = slot;
        this.declaredRetriable = declaredRetriable;
    }

    /** What follows from the given throwable, judged by the whole chain of its causes. */
    public Failure of(Throwable thrown) {
        if (thrown instanceof CaptureFailedException known) {
            return known.failure();
        }
        return declaredRetriable(thrown)
                .or(() -> conversion(thrown))
                .or(() -> causes(thrown)
                        .filter(SQLException.class::isInstance)
                        .map(SQLException.class::cast)
                        .filter(e -> e.getSQLState() != null)
                        .findFirst()
                        .map(this::ofSqlState))
                .or(() -> causes(thrown)
                        .filter(IOException.class::isInstance)
                        .findFirst()
                        .map(this::connectionLost))
                .orElseGet(() -> unexpected(thrown));
    }

    /** Whether the server answered, as opposed to a connection that failed. */
    static boolean isAnswer(SQLException failure) {
        return failure.getSQLState() != null && !failure.getSQLState().startsWith(CONNECTION);
    }

    private Failure ofSqlState(SQLException e) {
        String state = e.getSQLState();
        if (state.startsWith(CONNECTION)) {
            return connectionLost(e);
        }
        if (SERVER_GOES_OR_COMES.contains(state)) {
            return new Retriable(
                    "Postgres at " + server + " is restarting or ended the connection: " + text(e),
                    "Postgres at " + server + " to accept connections");
        }
        return switch (state) {
            case SLOT_IN_USE ->
                new Retriable(
                        "Replication slot " + slot + " is in use: " + text(e),
                        "replication slot " + slot + " to be released");
            case TOO_MANY_CONNECTIONS ->
                new Retriable(
                        "Postgres at " + server + " has no connection left: " + text(e),
                        "a free connection on " + server);
            case READ_ONLY ->
                new Retriable(
                        "Postgres at " + server + " is a standby now: " + text(e),
                        "the primary to be reached at " + server);
            default ->
                new Fatal(
                        "Postgres at " + server + " refused what capturing needs (SQLSTATE " + state + "): " + text(e),
                        "Mend the cause, then restart the task; nothing was acknowledged beyond what Kafka has.");
        };
    }

    private Retriable connectionLost(Throwable e) {
        return new Retriable(
                "The connection to Postgres at " + server + " failed: " + text(e),
                "Postgres at " + server + " to be reachable");
    }

    private Optional<Failure> declaredRetriable(Throwable thrown) {
        return declaredRetriable
                .flatMap(pattern -> causes(thrown)
                        .filter(cause -> cause.getMessage() != null
                                && pattern.matcher(cause.getMessage()).matches())
                        .findFirst())
                .map(cause -> new Retriable(
                        "An error that internal.custom.retriable.exception names: " + text(cause),
                        "that error to pass"));
    }

    /** A value that cannot become a Connect value: named by table, column and LSN, its content left out. */
    private static Optional<Failure> conversion(Throwable thrown) {
        Optional<String> column = firstMatch(CONVERSION, thrown);
        return column.map(name -> new Fatal(
                "A value of column " + name + " cannot be converted"
                        + firstMatch(OFFSET_LSN, thrown)
                                .map(lsn -> " (LSN " + new Lsn(Long.parseLong(lsn)) + ")")
                                .orElse("")
                        + "; nothing after it has been sent.",
                "Choose another representation for the column (decimal.handling.mode, time.precision.mode, a custom"
                        + " converter), leave the column out (column.exclude.list), or set"
                        + " event.converting.failure.handling.mode to warn or skip to send null in its place."));
    }

    private static Failure unexpected(Throwable thrown) {
        return new Fatal(
                "Capturing failed: " + text(thrown),
                "The log of the worker has the details. Restarting the task goes on from the last committed offset.");
    }

    private static String text(Throwable e) {
        String message = withoutDetail(e);
        String text = message == null ? e.getClass().getSimpleName() : message.strip();
        return text.endsWith(".") ? text : text + ".";
    }

    /** The server's detail and hint may quote a row: a violated key, a failing row. Its message names objects only. */
    private static @Nullable String withoutDetail(Throwable e) {
        ServerErrorMessage server = e instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
        return server == null ? e.getMessage() : server.getMessage();
    }

    private static Optional<String> firstMatch(Pattern pattern, Throwable thrown) {
        return causes(thrown)
                .map(Throwable::getMessage)
                .filter(message -> message != null)
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(50);
    }
}
