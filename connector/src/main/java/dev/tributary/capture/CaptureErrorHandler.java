// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.failure.Traces;
import dev.tributary.handover.ArrivalQueue;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.pipeline.ErrorHandler;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the first failure of the capturing threads to the task thread, as a {@link CaptureFailedException}.
 *
 * <p>It must never fail to do so: the task thread has no other way to learn of a failure, and the task would hang
 * silently.
 */
final class CaptureErrorHandler extends ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureErrorHandler.class);

    private final ArrivalQueue arrivals;
    private final FailurePolicy policy;
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /** Created in advance: if memory or a class is missing, creating anything may fail. */
    private final ConnectException undescribed = new ConnectException(
            "Capturing failed, and so did the attempt to say why; the log of the worker has both.");

    CaptureErrorHandler(
            CommonConnectorConfig config, ChangeEventQueue<?> queue, ArrivalQueue arrivals, FailurePolicy policy) {
        super(PostgresConnector.class, config, queue, null);
        this.arrivals = arrivals;
        this.policy = policy;
    }

    @Override
    public void setProducerThrowable(Throwable thrown) {
        if (!first.compareAndSet(null, thrown)) {
            LOG.debug("A further failure after the first", Traces.withoutContent(thrown));
            return;
        }
        try {
            arrivals.fail(new CaptureFailedException(policy.of(thrown), Traces.withoutContent(thrown)));
        } catch (Throwable e) {
            arrivals.fail(undescribed);
            LOG.error(
                    "Capturing failed with {}, and an error occurred while examining this failure",
                    thrown.getClass().getName(),
                    e);
        }
    }

    @Override
    public @Nullable Throwable getProducerThrowable() {
        return first.get();
    }
}
