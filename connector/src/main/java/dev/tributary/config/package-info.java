// SPDX-License-Identifier: Apache-2.0
/**
 * The options of the connector: Debezium's under their own names, and ours. The package defines, describes and
 * validates them, and {@link dev.tributary.config.ConnectorConfig} gives typed access to their values. Each default of
 * ours is stated here once.
 *
 * <p>The connector, the task, the checks and the capture classes call it. It knows Kafka's {@code ConfigDef} and
 * Debezium's field definitions, and no other package of ours.
 */
@NullMarked
package dev.tributary.config;

import org.jspecify.annotations.NullMarked;
