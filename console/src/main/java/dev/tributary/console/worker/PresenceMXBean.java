// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

/** The console of this worker. */
public interface PresenceMXBean {

    /** Whether sampled events have keys and values. */
    boolean isEventValues();
}
