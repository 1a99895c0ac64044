// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

/** Says what the first start of a connector would do, without one. */
public interface PlansMXBean {

    /**
     * Checks a configuration and plans its first start. Takes seconds, and changes nothing.
     *
     * @param configuration JSON: an object with the options of a connector, whose values are texts
     * @param probe {@code true} to read from the largest table for two seconds, for an estimate of the time
     * @return JSON: whether the connector can start, the findings, and the plan; null if none can be made
     */
    String plan(String configuration, String probe);
}
