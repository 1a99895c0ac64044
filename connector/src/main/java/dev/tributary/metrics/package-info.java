// SPDX-License-Identifier: Apache-2.0
/**
 * Counters and MBeans: the status of the task, the events that are stored, the progress of a snapshot, the guard, and
 * the counts behind Debezium's MBeans.
 *
 * <p>Tasks and capture threads write them, JMX clients read them. The package knows only the JDK.
 */
@NullMarked
package dev.tributary.metrics;

import org.jspecify.annotations.NullMarked;
