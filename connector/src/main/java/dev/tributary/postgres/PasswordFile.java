// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Reads the password from a file at each connect, so that a password can change while the connector runs. The driver
 * makes an instance for each login, if its property {@code authenticationPluginClassName} has the name of this class.
 *
 * <p>The password is the content of the file without line breaks at its end, as {@code kubectl create secret} and most
 * tools write it.
 */
public final class PasswordFile implements AuthenticationPlugin {

    /** The connection property with the path of the file. The driver does not know it, and passes it on. */
    public static final String PROPERTY = "password.file";

    private final String file;

    /** @param properties the connection properties; the driver provides them */
    public PasswordFile(Properties properties) {
        this.file = properties.getProperty(PROPERTY, "");
    }

    /**
     * {@inheritDoc}
     *
     * @throws PSQLException with a {@link MissingPasswordException} as its cause, if there is no password in the file
     */
    @Override
    public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
        try {
            String password = Files.readString(Path.of(file)).replaceFirst("[\\r\\n]+$", "");
            if (password.isEmpty()) {
                throw new MissingPasswordException("The password file " + file + " is empty", null);
            }
            return password.toCharArray();
        } catch (MissingPasswordException e) {
            throw failure(e);
        } catch (NoSuchFileException e) {
            throw failure(new MissingPasswordException("There is no password file " + file, e));
        } catch (IOException | RuntimeException e) {
            // The text of other exceptions can quote the content.
            throw failure(new MissingPasswordException(
                    "The password file " + file + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    null));
        }
    }

    /** As a connection that cannot be made: a file that is being replaced is there a moment later. */
    private static PSQLException failure(MissingPasswordException e) {
        return new PSQLException(e.getMessage(), PSQLState.CONNECTION_UNABLE_TO_CONNECT, e);
    }

    /** The file has no password. */
    public static final class MissingPasswordException extends IOException {

        private static final long serialVersionUID = 1;

        MissingPasswordException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
