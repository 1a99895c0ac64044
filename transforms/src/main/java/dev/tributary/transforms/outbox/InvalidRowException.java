// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/**
 * A row cannot become a message. The message says why, as the rest of a sentence about the table, and contains no value
 * of the row.
 */
public final class InvalidRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidRowException(String message) {
        super(message);
    }
}
