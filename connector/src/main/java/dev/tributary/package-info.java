// SPDX-License-Identifier: Apache-2.0
/**
 * The connector as Connect sees it: {@link dev.tributary.PostgresSourceConnector} validates a configuration, and
 * {@link dev.tributary.PostgresSourceTask} checks the database, captures, and retries.
 *
 * <p>Connect calls these two classes; {@code ./tributary check} calls {@link dev.tributary.ConfigurationCheck}, and
 * {@code ./tributary plan} {@link dev.tributary.ConfigurationPlan} as well. This is the only package that wires the
 * others together, so it may use all of them. It does not use Debezium: that is left to {@code capture}.
 */
@NullMarked
package dev.tributary;

import org.jspecify.annotations.NullMarked;
