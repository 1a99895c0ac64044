// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operator should know about a slot: that a level is reached, or that the danger is over.
 *
 * @param connector the name of the connector
 * @param server its topic prefix
 * @param slot the slot
 * @param level the level that is reached; {@link Level#OK} if the danger is over
 * @param message what is wrong, a whole text with its fix
 * @param at when it was noticed
 * @param retainedBytes how much WAL the server retains for the slot; null if it does not say
 * @param growthPerSecond how fast that grows, in bytes
 * @param secondsUntilLost the forecast; null without one
 */
public record Alert(
        String connector,
        String server,
        String slot,
        Level level,
        String message,
        Instant at,
        @Nullable Long retainedBytes,
        long growthPerSecond,
        @Nullable Long secondsUntilLost) {}
