// SPDX-License-Identifier: Apache-2.0
/**
 * What would go wrong if the connector started now, each with its fix. The same checks answer
 * {@code PUT /connector-plugins/…/config/validate} and run when a task starts.
 */
@NullMarked
package dev.tributary.preflight;

import org.jspecify.annotations.NullMarked;
