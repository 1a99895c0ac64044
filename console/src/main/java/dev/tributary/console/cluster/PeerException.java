// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

/** Another worker does not do what it was asked for. */
public final class PeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    PeerException(String workerId, int status, String problem) {
        super("Worker " + workerId + ": " + problem);
        this.status = status;
    }

    /** The HTTP status of its answer; 0 if there was none. */
    public int status() {
        return status;
    }
}
