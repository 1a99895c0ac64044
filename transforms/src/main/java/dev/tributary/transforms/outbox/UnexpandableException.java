// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** A payload has to stay text. The message says why, to go behind "the payload", and holds nothing of it. */
final class UnexpandableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnexpandableException(String message) {
        // One may come with every row: what called whom tells nothing.
        super(message, null, false, false);
    }
}
