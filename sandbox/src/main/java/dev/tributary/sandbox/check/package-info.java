// SPDX-License-Identifier: Apache-2.0
/** {@code ./tributary check}: the connector's preflight checks on the command line. */
@NullMarked
package dev.tributary.sandbox.check;

import org.jspecify.annotations.NullMarked;
