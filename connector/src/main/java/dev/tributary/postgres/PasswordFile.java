// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import dev.tributary.config.MissingPasswordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file whose content is a password, without line breaks at its end, as {@code kubectl create secret} and most tools
 * write it.
 *
 * @param path as it was configured
 */
record PasswordFile(String path) {

    /**
     * Reads the password.
     *
     * @throws MissingPasswordException if there is none; its message has no part of the content
     */
    char[] read() throws MissingPasswordException {
        String password;
        try {
            password = Files.readString(Path.of(path)).replaceFirst("[\\r\\n]+$", "");
        } catch (NoSuchFileException e) {
            throw MissingPasswordException.now("There is no password file " + path, e);
        } catch (IOException | RuntimeException e) {
            // The text of other exceptions can quote the content.
            throw MissingPasswordException.now(
                    "The password file " + path + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    null);
        }
        if (password.isEmpty()) {
            throw MissingPasswordException.now("The password file " + path + " is empty", null);
        }
        return password.toCharArray();
    }
}
