// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Capturing stopped; {@link #failure()} says whether it may go on.
 *
 * <p>Deliberately not Connect's {@code RetriableException}: waiting is this project's own, with backoff, and not that of
 * Debezium's base task, which would hold the task's thread for the whole pause.
 */
public final class CaptureFailedException extends ConnectException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public CaptureFailedException(Failure failure, @Nullable Throwable cause) {
        super(failure.what(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
