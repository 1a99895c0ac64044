// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that a run has opened so far, so that a run whose start fails half-way leaves nothing open. */
final class OpenParts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Adds a part and returns it. */
    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Closes the parts, the last one first. A failure to close is only logged, because the run is over anyway. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.debug("Closing {} failed", part, e);
            }
        }
    }
}
