// SPDX-License-Identifier: Apache-2.0
/** {@code ./tributary check}: the connector's preflight from the command line. */
@NullMarked
package dev.tributary.sandbox.check;

import org.jspecify.annotations.NullMarked;
