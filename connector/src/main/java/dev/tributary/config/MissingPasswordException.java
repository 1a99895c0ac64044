// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no password to log in with. */
public final class MissingPasswordException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean isLasting;

    private MissingPasswordException(String message, @Nullable Throwable cause, boolean isLasting) {
        super(message, cause);
        this.isLasting = isLasting;
    }

    /**
     * There can be one at the next attempt.
     *
     * @param message what was asked, and why it gave none; no part of a password
     * @param cause what was thrown; null if its text could have a part of the password
     */
    public static MissingPasswordException now(String message, @Nullable Throwable cause) {
        return new MissingPasswordException(message, cause, false);
    }

    /** There can be none before the configuration or the installation is changed. */
    public static MissingPasswordException lasting(String message, Throwable cause) {
        return new MissingPasswordException(message, cause, true);
    }

    /** Whether another attempt is of no use. */
    public boolean isLasting() {
        return isLasting;
    }
}
