// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.config.CommonConnectorConfig.EventProcessingFailureHandlingMode;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when an event cannot be made, as Debezium's dispatcher has it.
 *
 * @param mode {@code event.processing.failure.handling.mode}
 */
public record EventFailures(EventProcessingFailureHandlingMode mode) {

    private static final Logger LOG = LoggerFactory.getLogger(EventFailures.class);

    /**
     * Leaves the event out.
     *
     * @throws ConnectException with the cause, if that is not what the mode says
     */
    public void eventFailed(Map<String, ?> offset, RuntimeException cause) {
        switch (mode) {
            case SKIP, IGNORE -> LOG.debug("An event was left out at {}", offset, cause);
            case WARN ->
                LOG.warn(
                        "An event was left out at {}: {}",
                        offset,
                        cause.getClass().getName());
            default -> throw new ConnectException("Error while processing event at offset " + offset, cause);
        }
    }
}
