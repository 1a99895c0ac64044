// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The part of a throwable's message that may be shown: whatever names objects, but no value of a row.
 *
 * <p>The SQL state decides, because the server writes its messages in the language of {@code lc_messages}.
 */
public final class ShownText {

    /**
     * The classes of states that report what is wrong with a value: data exceptions, violated constraints and views,
     * and whatever functions, procedures and foreign data wrappers raise.
     */
    private static final Set<String> ABOUT_VALUES = Set.of("22", "23", "2F", "38", "39", "44", "HV", "P0");

    private static final int CLASS_LENGTH = 2;

    /** SQL state of an invalid value of a setting, but also of an argument of a function. */
    private static final String INVALID_PARAMETER = "22023";

    /** The sources of the server that reject settings: those of a session, and those of the output plugin. */
    private static final Pattern OF_SETTINGS = Pattern.compile("guc.*\\.c|pgoutput\\.c");

    private ShownText() {}

    /** Whether the message of one of the causes may quote a value, in whatever language it is. */
    public static boolean mayQuote(Throwable thrown) {
        return aboutValue(thrown).isPresent();
    }

    /** Returns what may be shown of a throwable, without a full stop at its end. */
    public static String of(Throwable thrown) {
        Optional<SQLException> quoting = aboutValue(thrown);
        if (quoting.isPresent()) {
            return withoutMessage(thrown, quoting.get());
        }
        String message = withoutDetail(thrown);
        String text = message == null ? "" : message.strip();
        if (text.isEmpty()) {
            return thrown.getClass().getSimpleName();
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<SQLException> aboutValue(Throwable thrown) {
        return causes(thrown)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(e -> ABOUT_VALUES.contains(classOf(e)) && !isAboutSetting(e))
                .reduce((outer, inner) -> inner);
    }

    /** Whether the server rejects the value of a setting, which is in the configuration and not in a row. */
    static boolean isAboutSetting(SQLException e) {
        ServerErrorMessage server = server(e);
        return INVALID_PARAMETER.equals(e.getSQLState())
                && server != null
                && server.getFile() != null
                && OF_SETTINGS.matcher(server.getFile()).matches();
    }

    /** The routine of the server that has raised an error, which has the same name in every language. */
    static Optional<String> routine(SQLException e) {
        return Optional.ofNullable(server(e)).map(ServerErrorMessage::getRoutine);
    }

    private static String classOf(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        return state.substring(0, Math.min(CLASS_LENGTH, state.length()));
    }

    private static String withoutMessage(Throwable thrown, SQLException e) {
        ServerErrorMessage server = server(e);
        List<String> names = new ArrayList<>();
        causes(thrown)
                .filter(RowReadException.class::isInstance)
                .map(RowReadException.class::cast)
                .findFirst()
                .ifPresent(read -> names.add("rows of " + read.table()));
        if (server != null) {
            add(names, "table", server.getTable() == null ? null : server.getSchema() + "." + server.getTable());
            add(names, "column", server.getColumn());
            add(names, "constraint", server.getConstraint());
        }
        return "SQLSTATE " + e.getSQLState() + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")")
                + "; the message may quote a row, so "
                + (server == null ? "it is not shown" : "only the log of the server has it");
    }

    private static void add(List<String> names, String kind, @Nullable String name) {
        if (name != null) {
            names.add(kind + " " + name);
        }
    }

    /** The detail of a server's message, and its hint, may quote a row whatever the state. */
    private static @Nullable String withoutDetail(Throwable e) {
        ServerErrorMessage server = server(e);
        return server == null ? e.getMessage() : server.getMessage();
    }

    private static @Nullable ServerErrorMessage server(Throwable e) {
        return e instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
    }

    /** The throwable and its causes, outermost first. */
    static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(50);
    }
}
