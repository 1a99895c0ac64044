// SPDX-License-Identifier: Apache-2.0
/**
 * The MBeans of the connectors in this worker as Prometheus's metrics.
 *
 * <p>{@link dev.tributary.console.metrics.Exposition} reads the MBeans, {@link dev.tributary.console.metrics.Family}
 * lists every metric, and {@link dev.tributary.console.metrics.MetricsResource} serves them.
 */
@NullMarked
package dev.tributary.console.metrics;

import org.jspecify.annotations.NullMarked;
