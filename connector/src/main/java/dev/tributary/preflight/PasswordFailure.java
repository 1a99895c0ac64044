// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.MissingPasswordException;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.LoginPassword;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A login that failed because of the password, or because there was none.
 *
 * @param target the server
 * @param failure the exception of the driver
 * @param text its message, or that of the server
 */
record PasswordFailure(ConnectionTarget target, SQLException failure, String text) {

    private static final String PLUGIN = "driver.authenticationPluginClassName";

    /** The server does not accept the password. */
    Finding rejected() {
        var file = target.driverProperties().get(LoginPassword.FILE);
        if (file != null) {
            return Finding.error(
                    OptionNames.DATABASE_PASSWORD_FILE,
                    "The server does not accept the password in " + file + " for role " + target.user(),
                    ConnectionFailure.CANNOT_START,
                    new Fix.Advice("correct the file, whose content is the password and nothing else, and check"
                            + " database.user"));
        }
        var plugin = target.driverProperties().get(LoginPassword.CLASS);
        if (plugin != null) {
            return Finding.error(
                    PLUGIN,
                    "The server does not accept the password that " + plugin + " gives for role " + target.user(),
                    ConnectionFailure.CANNOT_START,
                    new Fix.Advice("check what it needs to ask for a token, and that the role may log in with one"));
        }
        return Finding.error(
                OptionNames.DATABASE_PASSWORD,
                "The server does not accept the password for role " + target.user(),
                ConnectionFailure.CANNOT_START,
                new Fix.Advice("correct database.password, and check database.user; to change the password of the role:"
                        + " ALTER ROLE " + Identifier.quote(target.user()) + " PASSWORD '…'"));
    }

    /** What is wrong if there is no password; empty if the failure is another. */
    Optional<Finding> finding() {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingPasswordException missing) {
                return Optional.of(missing(missing.isLasting()));
            }
        }
        // Of a server that asks for a password where the driver has none.
        return text.contains("SCRAM") && target.password() == null
                ? Optional.of(Finding.error(
                        OptionNames.DATABASE_PASSWORD,
                        "The server requires a password, but none is set",
                        ConnectionFailure.CANNOT_START,
                        new Fix.Advice("set database.password")))
                : Optional.empty();
    }

    private Finding missing(boolean isLasting) {
        if (!target.driverProperties().containsKey(LoginPassword.CLASS)) {
            return Finding.error(
                    OptionNames.DATABASE_PASSWORD_FILE,
                    text,
                    ConnectionFailure.CANNOT_START,
                    new Fix.Advice("mount the file on every worker, and let the worker read it"));
        }
        var fix = isLasting
                ? "name a public class that is an org.postgresql.plugin.AuthenticationPlugin, and put its jar, and those"
                        + " that it needs, into the directory of this plugin, beside its other jars, on every worker"
                : "let the worker reach the service that the class asks, with what it needs to be let in there";
        return Finding.error(PLUGIN, text, ConnectionFailure.CANNOT_START, new Fix.Advice(fix));
    }
}
