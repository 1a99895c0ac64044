// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import static java.util.Map.entry;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.Credentials;
import dev.tributary.config.MissingPasswordException;
import dev.tributary.failure.Failure.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what follows from a throwable: first which {@link Kind} of failure it is, then, in one exhaustive mapping,
 * whether to retry or to stop, and what the operator must do.
 *
 * <p>The list of retriable kinds is short on purpose: waiting forever for an error that will not go away would hide it.
 * The codes are those of <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Postgres's appendix
 * A</a>.
 */
public final class FailurePolicy {

    /** Class 08, connection exceptions, and what pgjdbc reports for a connection that broke. */
    private static final String CONNECTION = "08";

    private static final Map<String, Kind> BY_SQL_STATE = Map.ofEntries(
            entry("57P01", Kind.SERVER_RESTARTING), // admin_shutdown; also the result of pg_terminate_backend
            entry("57P02", Kind.SERVER_RESTARTING), // crash_shutdown
            entry("57P03", Kind.SERVER_RESTARTING), // cannot_connect_now: starting, recovering or shutting down
            entry("57P05", Kind.SESSION_TIMEOUT), // idle_session_timeout
            entry("25P03", Kind.SESSION_TIMEOUT), // idle_in_transaction_session_timeout
            entry("25P04", Kind.SESSION_TIMEOUT), // transaction_timeout
            entry("55P03", Kind.LOCK_NOT_AVAILABLE), // a lock timeout, or NOWAIT
            entry("40P01", Kind.TRANSACTION_CONFLICT), // deadlock_detected
            entry("40001", Kind.TRANSACTION_CONFLICT), // serialization_failure; also a conflict with recovery
            entry("55006", Kind.SLOT_IN_USE),
            entry("53000", Kind.INSUFFICIENT_RESOURCES), // insufficient_resources: for example open files
            entry("53100", Kind.INSUFFICIENT_RESOURCES), // disk_full; decoding writes large transactions to disk
            entry("53200", Kind.INSUFFICIENT_RESOURCES), // out_of_memory
            entry("53300", Kind.TOO_MANY_CONNECTIONS),
            entry("25006", Kind.NOT_A_PRIMARY));

    /** invalid_password, and invalid_authorization_specification, as of an expired token that PAM has checked. */
    private static final Set<String> LOGIN_REFUSED = Set.of("28P01", "28000");

    /** Of a slot: undefined_object, or object_not_in_prerequisite_state if it is invalidated. */
    private static final Set<String> SLOT_GONE = Set.of("42704", "55000");

    /** undefined_object. */
    private static final String UNDEFINED = "42704";

    private final String slot;
    private final String publication;
    private final Remedies remedies;
    private final Optional<Pattern> declaredRetriable;
    private final boolean passwordCanChange;

    /** The policy of a connector. */
    public static FailurePolicy of(ConnectorConfig config) {
        return new FailurePolicy(
                config.hostname() + ":" + config.port(),
                config.slotName(),
                config.publicationName(),
                config.retriablePattern(),
                Credentials.canChange(config));
    }

    /**
     * @param server host and port, for messages
     * @param slot the name of the replication slot
     * @param publication the name of the publication
     * @param declaredRetriable messages of errors that the configuration declares to be temporary
     * @param passwordCanChange whether the next attempt can log in although this one was refused
     */
    public FailurePolicy(
            String server,
            String slot,
            String publication,
            Optional<Pattern> declaredRetriable,
            boolean passwordCanChange) {
        this.slot = slot;
        this.publication = publication;
        this.remedies = new Remedies(server, slot, publication);
        this.declaredRetriable = declaredRetriable;
        this.passwordCanChange = passwordCanChange;
    }

    /**
     * What happened.
     *
     * @param detail the part of the message that the throwable contributes
     */
    private record Cause(Kind kind, String detail) {}

    /** Returns what follows from a throwable, judged by the whole chain of its causes. */
    public Failure of(Throwable thrown) {
        return ShownText.causes(thrown)
                .filter(CaptureFailedException.class::isInstance)
                .map(cause -> ((CaptureFailedException) cause).failure())
                .findFirst()
                .orElseGet(() -> {
                    Cause cause = cause(thrown);
                    return remedies.of(cause.kind(), cause.detail());
                });
    }

    /** The SQL states after which a task waits, apart from those of broken connections. */
    static Set<String> waitedFor() {
        return Stream.of(BY_SQL_STATE.keySet(), SLOT_GONE, LOGIN_REFUSED)
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the server answered, as opposed to a connection that failed. */
    public static boolean isAnswer(SQLException failure) {
        return failure.getSQLState() != null && !failure.getSQLState().startsWith(CONNECTION);
    }

    private Cause cause(Throwable thrown) {
        return declaredRetriable(thrown)
                .or(() -> ShownText.causes(thrown)
                        .filter(MissingPasswordException.class::isInstance)
                        .map(MissingPasswordException.class::cast)
                        .findFirst()
                        .map(e -> new Cause(e.isLasting() ? Kind.CHECK_FAILED : Kind.LOGIN_REFUSED, text(e))))
                .or(() -> ConversionFailure.detail(thrown).map(detail -> new Cause(Kind.CONVERSION, detail)))
                .or(() -> ShownText.causes(thrown)
                        .filter(SQLException.class::isInstance)
                        .map(SQLException.class::cast)
                        .filter(e -> e.getSQLState() != null)
                        .findFirst()
                        .map(this::ofSqlState))
                .or(() -> ShownText.causes(thrown)
                        .filter(FailurePolicy::isWithoutConnection)
                        .findFirst()
                        .map(e -> new Cause(Kind.CONNECTION_LOST, text(e))))
                .orElseGet(() -> new Cause(Kind.UNEXPECTED, unexpected(thrown)));
    }

    /** What the JDK says of a text that is no number or no time is the text. */
    private static String unexpected(Throwable thrown) {
        boolean quotes = thrown instanceof NumberFormatException || thrown instanceof DateTimeException;
        return quotes ? thrown.getClass().getSimpleName() + "." : text(thrown);
    }

    /** A pool that gets no connection says so by the type of its exception, without a state. */
    private static boolean isWithoutConnection(Throwable e) {
        return e instanceof IOException || e instanceof SQLTransientConnectionException;
    }

    private Cause ofSqlState(SQLException e) {
        String state = e.getSQLState();
        boolean isPooler = "08P01".equals(state) && text(e).contains("startup parameter");
        if (state.startsWith(CONNECTION) && !isPooler) {
            return new Cause(Kind.CONNECTION_LOST, withRoot(e));
        }
        if (passwordCanChange
                && LOGIN_REFUSED.contains(state)
                && ShownText.routine(e).map("auth_failed"::equals).orElse(true)) {
            return new Cause(Kind.LOGIN_REFUSED, text(e));
        }
        // Postgres reports the limits of slots and of temporary files with the same state.
        boolean lacksSlot = "53400".equals(state)
                && ShownText.routine(e)
                        .map("ReplicationSlotCreate"::equals)
                        .orElseGet(() -> text(e).contains("replication slots"));
        Kind kind = lacksSlot
                ? Kind.NO_FREE_SLOT
                : isSlotGone(e)
                        ? Kind.SLOT_GONE
                        : isPublicationMissing(e) ? Kind.PUBLICATION_MISSING : BY_SQL_STATE.get(state);
        if (kind != null) {
            return new Cause(kind, text(e));
        }
        if (ShownText.isAboutSetting(e)) {
            return new Cause(
                    Kind.REFUSED,
                    " (SQLSTATE " + state + "): " + text(e)
                            + " It is set by database.initial.statements or slot.stream.params.");
        }
        return new Cause(
                Kind.REFUSED, ShownText.mayQuote(e) ? ": " + text(e) : " (SQLSTATE " + state + "): " + text(e));
    }

    private boolean isSlotGone(SQLException e) {
        return SLOT_GONE.contains(e.getSQLState()) && names(e, slot);
    }

    private boolean isPublicationMissing(SQLException e) {
        return UNDEFINED.equals(e.getSQLState()) && names(e, publication);
    }

    /** In every language of the server, the message has the name, in the quotation marks of that language. */
    private static boolean names(SQLException e, String name) {
        return Pattern.compile("[\"'»«„“‘]\\h*" + Pattern.quote(name) + "\\h*[\"'«»“”’]")
                .matcher(text(e))
                .find();
    }

    private Optional<Cause> declaredRetriable(Throwable thrown) {
        return declaredRetriable
                .flatMap(pattern -> ShownText.causes(thrown)
                        .filter(cause -> cause.getMessage() != null
                                && pattern.matcher(cause.getMessage()).matches())
                        .findFirst())
                .map(cause -> new Cause(Kind.DECLARED_RETRIABLE, text(cause)));
    }

    /** What a driver says of a broken connection is general: which name, or which certificate, only the JDK knows. */
    private static String withRoot(SQLException e) {
        String text = text(e);
        return ShownText.causes(e)
                .reduce((outer, inner) -> inner)
                .filter(root -> root.getMessage() != null && !text.contains(root.getMessage()))
                .map(root -> text.substring(0, text.length() - 1) + " ("
                        + root.getClass().getSimpleName() + ": " + root.getMessage() + ").")
                .orElse(text);
    }

    private static String text(Throwable e) {
        return ShownText.of(e) + ".";
    }
}
