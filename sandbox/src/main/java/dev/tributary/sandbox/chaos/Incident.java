// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * A fault that was injected.
 *
 * @param step the step it belongs to
 * @param at when, since the beginning of the run
 * @param kind what was done
 * @param target to whom
 * @param tookEffect whether it was seen to do what its name says
 * @param lasted how long it was on
 * @param silence the longest time in which no event arrived, from its beginning until events flowed again
 * @param flows how long after its end the first event arrived that was written after it; empty if none did
 */
record Incident(
        int step,
        Duration at,
        String kind,
        String target,
        boolean tookEffect,
        Duration lasted,
        Duration silence,
        Optional<Duration> flows) {}
