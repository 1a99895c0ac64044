// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** A row cannot become a message. The message says why, to go behind the name of the table, and holds no value of the row. */
public final class InvalidRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidRowException(String message) {
        super(message);
    }
}
