// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import org.apache.kafka.connect.errors.ConnectException;

/** The server sent bytes that are no message of pgoutput; names the kind of message and its LSN, and no content. */
final class MalformedMessageException extends ConnectException {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(char type, Lsn lsn, RuntimeException cause) {
        super(
                "Malformed pgoutput message of type '" + type + "' at LSN " + lsn + ": "
                        + (cause.getMessage() == null ? "it ends too early" : cause.getMessage()),
                cause);
    }
}
