// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import dev.tributary.sandbox.chaos.fault.Fault;
import java.util.List;

/**
 * One step of a schedule: one fault, or several at the same time.
 *
 * @param number its number in the schedule, from 1
 * @param faults what is injected, one after the other, while those before are still on
 * @param seed what each of them draws from
 * @param pauseMillis how long events flow before it
 */
record Step(int number, List<Fault> faults, long seed, int pauseMillis) {

    Step {
        faults = List.copyOf(faults);
    }
}
