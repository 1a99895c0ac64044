// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.pipeline.ErrorHandler;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the first failure of the capturing threads to the thread that polls, as a {@link CaptureFailedException}. */
final class CaptureErrorHandler extends ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureErrorHandler.class);

    private final ArrivalQueue arrivals;
    private final FailurePolicy policy;
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    CaptureErrorHandler(
            CommonConnectorConfig config, ChangeEventQueue<?> queue, ArrivalQueue arrivals, FailurePolicy policy) {
        super(PostgresConnector.class, config, queue, null);
        this.arrivals = arrivals;
        this.policy = policy;
    }

    @Override
    public void setProducerThrowable(Throwable thrown) {
        if (!first.compareAndSet(null, thrown)) {
            LOG.debug("A further failure after the first", thrown);
            return;
        }
        Failure failure = policy.of(thrown);
        arrivals.fail(new CaptureFailedException(failure, Traces.withoutContent(thrown)));
    }

    @Override
    public @Nullable Throwable getProducerThrowable() {
        return first.get();
    }
}
