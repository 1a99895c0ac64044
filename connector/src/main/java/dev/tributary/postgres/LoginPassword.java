// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import dev.tributary.config.MissingPasswordException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
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
     * that takes the connection properties, or none. Where it is set there is no file.
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
     * @throws PSQLException with a {@link MissingPasswordException} as its cause, if there is no password; with a
     *     {@link ReflectiveOperationException}, if there is no such class, or it is none that gives passwords
     */
    @Override
    public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
        String name = properties.getProperty(CLASS);
        try {
            return name == null
                    ? new PasswordFile(properties.getProperty(FILE, "")).read()
                    : password(plugin(name), name, type);
        } catch (MissingPasswordException e) {
            // As a connection that cannot be made: a file that is being replaced is there a moment later.
            throw new PSQLException(e.getMessage(), PSQLState.CONNECTION_UNABLE_TO_CONNECT, e);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new PSQLException(
                    name + " cannot be used: " + fault(e),
                    PSQLState.INVALID_PARAMETER_VALUE,
                    e instanceof ReflectiveOperationException ? e : new ReflectiveOperationException(e));
        }
    }

    private static String fault(Throwable e) {
        if (e instanceof ClassNotFoundException) {
            return "the plugin has no such class";
        }
        if (e instanceof NoClassDefFoundError) {
            return "it needs the class " + e.getMessage() + ", which the plugin does not have";
        }
        if (e instanceof ClassCastException) {
            return "it is no " + AuthenticationPlugin.class.getName();
        }
        return e instanceof LinkageError
                ? String.valueOf(e.getMessage())
                : "it is not public, or has no public constructor that takes nothing or the connection properties";
    }

    private AuthenticationPlugin plugin(String name) throws ReflectiveOperationException, MissingPasswordException {
        Class<? extends AuthenticationPlugin> type =
                Class.forName(name, true, getClass().getClassLoader()).asSubclass(AuthenticationPlugin.class);
        Optional<Constructor<?>> takesProperties = Arrays.stream(type.getConstructors())
                .filter(constructor ->
                        Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Properties.class}))
                .findFirst();
        try {
            return takesProperties.isPresent()
                    ? type.cast(takesProperties.get().newInstance(properties))
                    : type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof LinkageError missing) {
                throw missing;
            }
            throw gaveNone(name, e.getTargetException());
        }
    }

    private static char[] password(AuthenticationPlugin plugin, String name, AuthenticationRequestType type)
            throws MissingPasswordException {
        char[] password;
        try {
            password = plugin.getPassword(type);
        } catch (PSQLException | RuntimeException e) {
            throw gaveNone(name, e);
        }
        if (password == null || password.length == 0) {
            throw new MissingPasswordException(name + " gave no password", null);
        }
        return password;
    }

    private static MissingPasswordException gaveNone(String name, Throwable failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new MissingPasswordException(name + " gave no password: " + reason, failure);
    }
}
