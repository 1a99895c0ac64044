// SPDX-License-Identifier: Apache-2.0
/** A TCP proxy on loopback that can lose, delay and break connections. */
@NullMarked
package dev.tributary.sandbox.link;

import org.jspecify.annotations.NullMarked;
