// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Capturing stopped; {@link #failure()} says whether it may resume.
 *
 * <p>Deliberately not Connect's {@code RetriableException}: the task waits by itself, with backoff. Debezium's base
 * task would hold the task's thread for the whole pause.
 */
public final class CaptureFailedException extends ConnectException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public CaptureFailedException(Failure failure, @Nullable Throwable cause) {
        super(failure.what(), cause);
        this.failure = failure;
    }

    /**
     * The slot no longer has the changes that are needed. Whether that ends the task, and what is lost, is for the
     * checks of the next attempt: they know the stored offset and the snapshot mode.
     */
    public static CaptureFailedException slotGone(String what) {
        return new CaptureFailedException(Failure.Retriable.slotGone(what), null);
    }

    public Failure failure() {
        return failure;
    }
}
