// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

/** A command was called the wrong way; the message says which argument is wrong. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
