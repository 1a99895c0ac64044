// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

/** A worker responded with an HTTP error. */
public final class ConnectRestException extends SandboxException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    ConnectRestException(String request, int status, String reason) {
        super(request + " -> HTTP " + status + ": " + reason);
        this.status = status;
        this.reason = reason;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** The message in the response, or the whole body if there is no message. */
    public String reason() {
        return reason;
    }
}
