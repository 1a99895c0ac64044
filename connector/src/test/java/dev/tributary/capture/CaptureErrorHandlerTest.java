// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.config.CapturePath;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.handover.ArrivalQueue;
import dev.tributary.handover.Bounds;
import dev.tributary.handover.Deliveries;
import io.debezium.config.Configuration;
import io.debezium.connector.base.DefaultQueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class CaptureErrorHandlerTest {

    private final ArrivalQueue arrivals = queue();
    private final CaptureErrorHandler handler = new CaptureErrorHandler(
            new CaptureConfig(Configuration.from(Map.of("topic.prefix", "test")), CapturePath.TRIBUTARY, Set.of()),
            arrivals.inlet(),
            arrivals,
            new FailurePolicy("db:5432", "orders", "ours", Optional.empty(), false));

    @Test
    void anErrorEndsTheTask() {
        // When
        handler.setProducerThrowable(new NoClassDefFoundError("dev/tributary/Missing"));

        // Then
        assertThatThrownBy(() -> arrivals.poll(0))
                .isInstanceOf(CaptureFailedException.class)
                .hasMessageContaining("dev/tributary/Missing");
    }

    @Test
    void anErrorThatCannotBeDescribedEndsTheTaskToo() {
        // When
        handler.setProducerThrowable(new Undescribable());
        handler.setProducerThrowable(new IllegalStateException("what follows from it"));

        // Then
        assertThatThrownBy(() -> arrivals.poll(0))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("so did the attempt to say why");
    }

    private static ArrivalQueue queue() {
        DefaultQueueProvider<DataChangeEvent> storage = new DefaultQueueProvider<>();
        storage.configure(Map.of("max.queue.size", "1"));
        return new ArrivalQueue(storage, new Bounds(1, 1, 1), UnaryOperator.identity(), new Deliveries());
    }

    /** As when a class that is needed to examine a failure is missing, or the memory for a message. */
    private static final class Undescribable extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NoClassDefFoundError("dev/tributary/capture/Failure");
        }
    }
}
