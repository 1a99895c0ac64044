// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.config.CommonConnectorConfig.EventProcessingFailureHandlingMode;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens if an event cannot be made, as Debezium's dispatcher does.
 *
 * @param mode {@code event.processing.failure.handling.mode}
 */
public record EventFailures(EventProcessingFailureHandlingMode mode) {

    private static final Logger LOG = LoggerFactory.getLogger(EventFailures.class);

    /**
     * Leaves the event out.
     *
     * @throws ConnectException with the cause, if the mode is {@code fail}
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
