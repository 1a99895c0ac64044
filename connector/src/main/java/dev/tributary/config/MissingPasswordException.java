// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no password to log in with at the moment; there can be one at the next attempt. */
public final class MissingPasswordException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * @param message what was asked, and why it gave none; no part of a password
     * @param cause what was thrown; null if its text could have a part of the password
     */
    public MissingPasswordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
