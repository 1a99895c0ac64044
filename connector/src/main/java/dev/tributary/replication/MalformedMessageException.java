// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import dev.tributary.position.Lsn;

/**
 * The server sent bytes that are not a pgoutput message. Names the type of the message and its LSN, never its content.
 */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(char type, Lsn lsn, RuntimeException cause) {
        super(
                "Malformed pgoutput message of type '" + type + "' at LSN " + lsn + ": "
                        + (cause.getMessage() == null ? "it ends too early" : cause.getMessage()),
                cause);
    }
}
