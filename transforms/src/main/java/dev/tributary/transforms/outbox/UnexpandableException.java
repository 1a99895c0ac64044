// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/**
 * A payload must stay text. The message says why, as the rest of a sentence about the payload, and contains nothing of
 * the payload.
 */
final class UnexpandableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnexpandableException(String message) {
        // This may happen with every row, and a stack trace would not help.
        super(message, null, false, false);
    }
}
