// SPDX-License-Identifier: Apache-2.0
/**
 * Checks what would go wrong if the connector started now. Each {@link dev.tributary.preflight.Finding} names the
 * option to change, what happens to the data, and the fix.
 *
 * <p>The same checks answer {@code PUT /connector-plugins/…/config/validate}, run before each attempt of a task, and
 * serve {@code ./tributary check}. They read the database through {@code postgres} and option names from
 * {@code config}, and know neither Connect nor Debezium. They change nothing.
 */
@NullMarked
package dev.tributary.preflight;

import org.jspecify.annotations.NullMarked;
