// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import dev.tributary.config.MissingPasswordException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Gets the password at each connect, from a file or from a class of the user, so that it can change while the connector
 * runs. The driver makes an instance for each login, if its property {@code authenticationPluginClassName} has the name
 * of this class.
 *
 * <p>The driver does not call the class of the user itself: what that throws, such as a timeout of a token service,
 * would then look like an error of the driver, or like a server that does not answer.
 */
public final class LoginPassword implements AuthenticationPlugin {

    /** The connection property with the path of the file. The driver does not know it, and passes it on. */
    public static final String FILE = "password.file";

    /**
     * The connection property with the name of the user's class, an {@link AuthenticationPlugin} with a constructor
     * that takes the connection properties, or nothing. Where it is set there is no file.
     */
    public static final String CLASS = "password.class";

    private final Properties properties;

    /** @param properties the connection properties; the driver provides them */
    public LoginPassword(Properties properties) {
        this.properties = properties;
    }

    /**
     * {@inheritDoc}
     *
     * @throws PSQLException with a {@link MissingPasswordException} as its cause, if there is no password
     */
    @Override
    public char @Nullable [] getPassword(AuthenticationRequestType type) throws PSQLException {
        String name = properties.getProperty(CLASS);
        try {
            return name == null
                    ? new PasswordFile(properties.getProperty(FILE, "")).read()
                    : new PasswordClass(name, properties).ask(type);
        } catch (MissingPasswordException e) {
            // As a connection that cannot be made: a file that is being replaced is there a moment later.
            PSQLState state = e.isLasting() ? PSQLState.SYSTEM_ERROR : PSQLState.CONNECTION_UNABLE_TO_CONNECT;
            throw new PSQLException(e.getMessage(), state, e);
        }
    }
}
