// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import org.jspecify.annotations.Nullable;

/** Something in the sandbox failed. The message says what, and which log to read. */
public class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SandboxException(String message) {
        this(message, null);
    }

    public SandboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
