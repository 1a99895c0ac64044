// SPDX-License-Identifier: Apache-2.0
/**
 * The metrics behind Debezium's MBean names: counters on the path of events, and texts that are made only when somebody
 * reads them.
 *
 * <p>Debezium's coordinator creates them through {@link dev.tributary.capture.metrics.LeanMetricsFactory} and reports
 * each event to them. The room knows Debezium's metrics API, {@code metrics} for the counters, and {@code row} to look
 * at an event without reading it.
 */
@NullMarked
package dev.tributary.capture.metrics;

import org.jspecify.annotations.NullMarked;
