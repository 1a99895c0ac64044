// SPDX-License-Identifier: Apache-2.0
/** {@code ./tributary plan}: what a start of the connector would do, as text or JSON. */
@NullMarked
package dev.tributary.sandbox.plan;

import org.jspecify.annotations.NullMarked;
