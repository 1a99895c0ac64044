// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

/** A command was called with wrong arguments. The message says which one is wrong. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
